/**
 * Question: what does judging an update cost beside applying it?
 *
 * Method: a list of 1,000 items with a few edits each; every case is judged and applied on documents of its own, best of five
 * rounds. Not measured: the log, the socket. Prediction: a tick costs less to judge than to apply, a reconnect without news
 * well under a millisecond.
 *
 *     node tests/bench/gate.ts
 */
import { performance } from 'node:perf_hooks'
import * as Y from 'yjs'
import { judge } from '../../server/src/gate/judge.ts'
import type { Actor, GateLimits } from '../../server/src/gate/verdict.ts'

const ITEMS = 1_000
const ROUNDS = 5
const actor: Actor = { userId: 'u_abcdefghijkl', authorId: 'u_abcdefghijkl', role: 'editor' }
const limits: GateLimits = { maxUpdateBytes: 1_000_000, maxItems: 20_000, maxListBytes: 100_000_000 }
const at = 1_760_000_000_000

const idOf = (n: number | string): string => `k3jd92ksl0${String(n).padStart(8, '0')}`
const register = (value: unknown): unknown[] => [value, actor.userId, at]

function listOf(items: number): Y.Doc {
  const doc = new Y.Doc()
  const map = doc.getMap('items')
  for (let i = 0; i < items; i++) {
    map.set(idOf(i), { by: actor.userId, at, title: `Item number ${i}`, order: 'a0' })
    map.set(`${idOf(i)}/title`, register(`Item ${i}`))
    for (let n = 0; n < 4; n++) map.set(`${idOf(i)}/done`, register(n % 2 === 0))
    map.set(`${idOf(i)}/label/${idOf('label')}`, register(true))
    if (i % 10 === 0) doc.getText(`note:${idOf(i)}`).insert(0, 'Some notes about this item.')
  }
  return doc
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  copy.getMap('items')
  return copy
}

/** Updates that a client makes one after the other on top of `base`. */
function updatesOf(base: Y.Doc, count: number, edit: (doc: Y.Doc, n: number) => void): Uint8Array[] {
  const client = copyOf(base)
  const updates: Uint8Array[] = []
  client.on('update', (update: Uint8Array) => updates.push(update))
  for (let n = 0; n < count; n++) client.transact(() => edit(client, n))
  return updates
}

interface Row {
  readonly name: string
  readonly judgeMicros: number
  readonly applyMicros: number
  readonly bytes: number
}

function measure(name: string, base: Y.Doc, updates: readonly Uint8Array[]): Row {
  let judgeMicros = Number.POSITIVE_INFINITY
  let applyMicros = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const doc = copyOf(base)
    let judging = 0
    let applying = 0
    for (const update of updates) {
      const start = performance.now()
      const verdict = judge(update, doc, actor, limits)
      const judged = performance.now()
      Y.applyUpdate(doc, update)
      applying += performance.now() - judged
      judging += judged - start
      if (verdict.verdict === 'refused') throw new Error(`${name}: ${JSON.stringify(verdict.refusal)}`)
    }
    judgeMicros = Math.min(judgeMicros, (judging * 1_000) / updates.length)
    applyMicros = Math.min(applyMicros, (applying * 1_000) / updates.length)
  }
  const bytes = updates.reduce((sum, update) => sum + update.length, 0) / updates.length
  return { name, judgeMicros, applyMicros, bytes }
}

const base = listOf(ITEMS)
const rows: Row[] = [
  measure(
    'toggle',
    base,
    updatesOf(base, 3_000, (doc, n) =>
      doc.getMap('items').set(`${idOf(n % ITEMS)}/done`, register(n % 2 === 0)),
    ),
  ),
  measure(
    'add one item',
    base,
    updatesOf(base, 2_000, (doc, n) =>
      doc.getMap('items').set(idOf(`new${n}`), { by: actor.userId, at, title: `New ${n}`, order: 'a1' }),
    ),
  ),
  measure(
    'type one character',
    base,
    updatesOf(base, 2_000, (doc, n) => doc.getText(`note:${idOf(0)}`).insert(n, 'x')),
  ),
  measure(
    'paste 100 items',
    base,
    updatesOf(base, 50, (doc, n) => {
      for (let i = 0; i < 100; i++) {
        doc
          .getMap('items')
          .set(idOf(`p${n}_${i}`), { by: actor.userId, at, title: `Pasted ${i}`, order: 'a1' })
      }
    }),
  ),
  measure(
    'reconnect without news',
    base,
    Array.from({ length: 200 }, () => Y.encodeStateAsUpdate(base, Y.encodeStateVector(base))),
  ),
  measure(
    'the whole list again',
    base,
    Array.from({ length: 20 }, () => Y.encodeStateAsUpdate(base)),
  ),
]

console.log(
  `Gate, list of ${ITEMS} items (${Y.encodeStateAsUpdate(base).length} bytes), µs per update, best of ${ROUNDS}`,
)
for (const { name, judgeMicros, applyMicros, bytes } of rows) {
  console.log(
    `${name.padEnd(24)} judge ${judgeMicros.toFixed(1).padStart(8)}   apply ${applyMicros.toFixed(1).padStart(8)}   ${Math.round(bytes)} bytes`,
  )
}
