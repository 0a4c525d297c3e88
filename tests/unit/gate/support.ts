import type { Role } from '@tandem/client-sdk/protocol'
import * as Y from 'yjs'
import { type JudgeContext, judge } from '../../../server/src/gate/judge.ts'
import type { Actor, GateLimits, Verdict } from '../../../server/src/gate/verdict.ts'

export const LIMITS: GateLimits = { maxUpdateBytes: 1_000_000, maxItems: 20_000, maxListBytes: 100_000_000 }

export const ada: Actor = { userId: 'u_ada', authorId: 'u_ada', role: 'editor' }
export const bob: Actor = { userId: 'u_bob', authorId: 'u_bob', role: 'editor' }

export const actorWith = (role: Role): Actor => ({ userId: 'u_ada', authorId: 'u_ada', role })

/** An id that the format allows, from a short name. */
export const id = (name: string): string => name.padEnd(8, '_')

export const register = (value: unknown, by = ada.userId): unknown[] => [value, by, 1_700_000_000_000]

export const item = (title: string, by = ada.userId): Record<string, unknown> => ({
  by,
  at: 1_700_000_000_000,
  title,
  order: 'a0',
})

/** A client's document, which keeps what it has not sent yet. */
export class Device {
  readonly doc: Y.Doc
  readonly actor: Actor
  #unsent: Uint8Array[] = []

  constructor(actor: Actor = ada, o: { clientId?: number; gc?: boolean } = {}) {
    this.actor = actor
    this.doc = new Y.Doc({ gc: o.gc ?? true })
    if (o.clientId !== undefined) this.doc.clientID = o.clientId
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.#unsent.push(update)
    })
  }

  put(root: string, key: string, value: unknown): void {
    this.doc.getMap(root).set(key, value)
  }

  remove(root: string, key: string): void {
    this.doc.getMap(root).delete(key)
  }

  addItem(name: string, title = name): void {
    this.put('items', id(name), item(title, this.actor.userId))
  }

  set(name: string, field: string, value: unknown): void {
    this.put('items', `${id(name)}/${field}`, register(value, this.actor.userId))
  }

  notes(name: string): Y.Text {
    return this.doc.getText(`note:${id(name)}`)
  }

  receive(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, 'server')
  }

  /** What was done since the last call, as one update. */
  takeUnsent(): Uint8Array {
    const update =
      this.#unsent.length === 0 ? Y.encodeStateAsUpdate(new Y.Doc()) : Y.mergeUpdates(this.#unsent)
    this.#unsent = []
    return update
  }

  /** What a reconnecting client sends: everything the server's state vector lacks, and all removals there ever were. */
  answerTo(server: Y.Doc): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(server))
  }
}

/** The server's side of one list: judges, stores what is accepted, applies what was sent. */
export class Server {
  readonly doc = new Y.Doc()
  readonly log: Uint8Array[] = []
  limits: GateLimits = LIMITS

  judge(update: Uint8Array, actor: Actor = ada, context: JudgeContext = {}): Verdict {
    return judge(update, this.doc, actor, this.limits, {
      onFault: (fault) => {
        throw fault
      },
      ...context,
    })
  }

  take(update: Uint8Array, actor: Actor = ada, context: JudgeContext = {}): Verdict {
    const verdict = this.judge(update, actor, context)
    if (verdict.verdict === 'accepted') {
      this.log.push(verdict.update)
      Y.applyUpdate(this.doc, update)
    }
    return verdict
  }

  /** Sends what the device has and gives it what it lacks. */
  sync(device: Device): Verdict {
    const verdict = this.take(device.answerTo(this.doc), device.actor)
    device.takeUnsent()
    device.receive(Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(device.doc)))
    return verdict
  }

  replayed(): Y.Doc {
    const doc = new Y.Doc()
    for (const update of this.log) Y.applyUpdate(doc, update)
    return doc
  }
}

export function opsOf(verdict: Verdict): unknown[] {
  if (verdict.verdict !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(verdict)}`)
  return [...verdict.ops]
}

export function codeOf(verdict: Verdict): string {
  return verdict.verdict === 'refused' ? verdict.refusal.code : verdict.verdict
}

export function keysOf(verdict: Verdict): readonly string[] {
  return verdict.verdict === 'refused' ? verdict.refusal.keys : []
}

/** Milliseconds of processor time, best of up to three: other programs share the machine, and clocks on the wall count them. */
export function costMs(run: () => void): number {
  let best = Number.POSITIVE_INFINITY
  for (let n = 0; n < 3 && best > 10; n++) {
    const before = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / 1_000)
  }
  return best
}

/** Everything visible in a list. */
export function contentOf(doc: Y.Doc): Record<string, unknown> {
  const roots = ['items', 'sections', 'labels', 'comments', 'list']
  const content: Record<string, unknown> = Object.fromEntries(
    roots.map((root) => [root, sorted(doc.getMap(root).toJSON())]),
  )
  for (const name of [...doc.share.keys()].sort()) {
    if (name.startsWith('note:') && doc.getText(name).length > 0) content[name] = doc.getText(name).toString()
  }
  return content
}

function sorted(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
}

export function hasNothingPending(doc: Y.Doc): boolean {
  return doc.store.pendingStructs === null && doc.store.pendingDs === null
}
