import { performance } from 'node:perf_hooks'
import * as Y from 'yjs'
import {
  applyChanges,
  contentHash,
  ListView,
  type PlanContext,
  planAddItems,
  planToggle,
  selectItems,
} from '../../client-sdk/src/model/index.ts'

/**
 * What the list model costs on one core: opening a view, one tick, the hash. Medians of `ROUNDS`. No network, no storage.
 * Run: node tests/bench/model.ts
 */
const ROUNDS = 9
const TICKS = 2_000

for (const count of [1_000, 5_000]) {
  const bytes = listOf(count)
  const figures = {
    'state, bytes': bytes.length,
    'apply state, ms': median(() => timeOf(() => open(bytes))),
    'build view, ms': median(() => {
      const doc = open(bytes)
      return timeOf(() => new ListView(doc))
    }),
    'tick with view, µs': median(() => ticks(open(bytes), true)),
    'tick without view, µs': median(() => ticks(open(bytes), false)),
    'content hash, ms': median(() => {
      const doc = open(bytes)
      return timeOf(() => contentHash(doc))
    }),
    'select and sort by title, ms': median(() => {
      const view = new ListView(open(bytes))
      return timeOf(() => selectItems(view, { done: false, sort: 'title' }))
    }),
  }
  for (const [name, value] of Object.entries(figures)) {
    console.log(
      `${String(count).padStart(6)} items  ${name.padEnd(30)} ${value.toFixed(name.endsWith('bytes') ? 0 : 2)}`,
    )
  }
}

function listOf(count: number): Uint8Array {
  const doc = new Y.Doc()
  const view = new ListView(doc)
  const context = contextOf()
  const inputs = Array.from({ length: count }, (_, n) => ({
    title: `item number ${n}`,
    notes: n % 10 === 0 ? 'a note' : '',
  }))
  const added = planAddItems(view, context, inputs)
  applyChanges(doc, added.changes, 'bench')
  for (const id of added.value.filter((_, n) => n % 3 === 0)) {
    applyChanges(doc, planToggle(view, context, id).changes, 'bench')
  }
  return Y.encodeStateAsUpdate(doc)
}

function open(bytes: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, bytes)
  return doc
}

/** Microseconds for one remote tick, applied as an update of its own. */
function ticks(doc: Y.Doc, isViewed: boolean): number {
  const view = new ListView(doc)
  const ids = view.ids()
  const author = open(Y.encodeStateAsUpdate(doc))
  const updates: Uint8Array[] = []
  author.on('update', (update: Uint8Array) => updates.push(update))
  for (let n = 0; n < TICKS; n += 1) {
    author.getMap('items').set(`${ids[n % ids.length]}/done`, [n % 2 === 0, 'bench', n])
  }
  if (!isViewed) view.dispose()
  return (timeOf(() => updates.forEach((update) => void Y.applyUpdate(doc, update))) * 1_000) / TICKS
}

function contextOf(): PlanContext {
  let count = 0
  const newId = () => {
    count += 1
    return `bench-${String(count).padStart(10, '0')}`
  }
  return { by: 'u_0123456789ab', now: 1_700_000_000_000, random: Math.random, newId }
}

function timeOf(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

function median(sample: () => number): number {
  const samples = Array.from({ length: ROUNDS }, sample).sort((a, b) => a - b)
  return samples[Math.floor(ROUNDS / 2)] ?? 0
}
