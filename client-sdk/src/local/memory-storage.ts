import { copyOfFact } from './facts.ts'
import type {
  DeviceIdentity,
  DeviceStore,
  InboxEdit,
  LoadedDocument,
  PendingEdit,
  Refused,
  StorageAdapter,
  StoredEnd,
  StoredList,
} from './port.ts'
import { StorageFailed } from './storage-failed.ts'

export interface MemoryStorage extends StorageAdapter {
  /** From now on every write fails this way, as a full or broken device would; null heals it. */
  failWrites(how: 'quota' | 'broken' | null): void
}

interface Shelf {
  readonly lists: Map<string, StoredList>
  readonly base: Map<string, Uint8Array[]>
  readonly pending: Map<string, PendingEdit[]>
  readonly inbox: Map<string, InboxEdit[]>
  readonly ends: Map<string, StoredEnd>
  readonly facts: Map<string, Map<string, unknown>>
  nextKey: number
  gone: boolean
}

const newShelf = (): Shelf => ({
  lists: new Map(),
  base: new Map(),
  pending: new Map(),
  inbox: new Map(),
  ends: new Map(),
  facts: new Map(),
  nextKey: 1,
  gone: false,
})

/**
 * A device that forgets when the process ends. Two stores opened for the same person share their content, as two tabs
 * of one browser do.
 */
export function createMemoryStorage(): MemoryStorage {
  const shelves = new Map<string, Shelf>()
  let identity: DeviceIdentity | null = null
  const failing: { how: 'quota' | 'broken' | null } = { how: null }

  return {
    failWrites: (how) => {
      failing.how = how
    },
    open: async (userId) => {
      const shelf = shelves.get(userId) ?? newShelf()
      shelves.set(userId, shelf)
      return new MemoryStore(shelf, failing, () => shelves.delete(userId))
    },
    lastIdentity: async () => identity,
    setLastIdentity: async (next) => {
      if (failing.how !== null) throw failure(failing.how)
      identity = next === null ? null : { userId: next.userId, name: next.name }
    },
  }
}

function failure(how: 'quota' | 'broken'): StorageFailed {
  return new StorageFailed(`Memory storage was told to fail (${how}).`, { quota: how === 'quota' })
}

class MemoryStore implements DeviceStore {
  readonly #shelf: Shelf
  readonly #failing: { readonly how: 'quota' | 'broken' | null }
  readonly #forget: () => void
  #closed = false

  constructor(shelf: Shelf, failing: { readonly how: 'quota' | 'broken' | null }, forget: () => void) {
    this.#shelf = shelf
    this.#failing = failing
    this.#forget = forget
  }

  async lists(): Promise<StoredList[]> {
    this.#checkOpen()
    return [...this.#shelf.lists.values()].map((list) => ({ ...list }))
  }

  async putList(list: StoredList): Promise<void> {
    this.#checkWritable()
    this.#shelf.lists.set(list.id, { ...list })
  }

  async dropList(id: string): Promise<void> {
    this.#checkWritable()
    const { lists, base, pending, inbox, ends, facts } = this.#shelf
    for (const part of [lists, base, pending, inbox, ends, facts]) part.delete(id)
  }

  async endList(listId: string, end: StoredEnd): Promise<void> {
    this.#checkWritable()
    const { lists, base, ends, facts } = this.#shelf
    const { why: code, message } = end
    this.#refuse(
      listId,
      this.#pending(listId).map(({ key }) => key),
      { code, message },
    )
    const isHere = lists.has(listId) || base.has(listId) || (this.#shelf.inbox.get(listId) ?? []).length > 0
    if (isHere) ends.set(listId, { ...end })
    base.delete(listId)
    facts.delete(listId)
  }

  async ends(): Promise<{ id: string; end: StoredEnd }[]> {
    this.#checkOpen()
    return [...this.#shelf.ends].map(([id, end]) => ({ id, end: { ...end } }))
  }

  async readmitList(listId: string): Promise<void> {
    this.#checkWritable()
    this.#shelf.ends.delete(listId)
  }

  async pendingLists(): Promise<string[]> {
    this.#checkOpen()
    return [...this.#shelf.pending].flatMap(([id, edits]) => (edits.length > 0 ? [id] : []))
  }

  async load(listId: string): Promise<LoadedDocument> {
    this.#checkOpen()
    const end = this.#shelf.ends.get(listId) ?? null
    return { base: [...(this.#shelf.base.get(listId) ?? [])], pending: [...this.#pending(listId)], end }
  }

  async appendPending(listId: string, edit: Omit<PendingEdit, 'key'>): Promise<number> {
    this.#checkWritable()
    return this.#push(listId, edit)
  }

  async appendBase(listId: string, update: Uint8Array): Promise<void> {
    this.#checkWritable()
    this.#base(listId).push(update.slice())
  }

  async confirm(listId: string, keys: readonly number[]): Promise<void> {
    this.#checkWritable()
    for (const edit of this.#take(listId, keys)) this.#base(listId).push(edit.update)
  }

  async replacePending(
    listId: string,
    drop: readonly number[],
    add: readonly Omit<PendingEdit, 'key'>[],
  ): Promise<number[]> {
    this.#checkWritable()
    this.#take(listId, drop)
    return add.map((edit) => this.#push(listId, edit))
  }

  async replaceBase(listId: string, base: Uint8Array, dropPending: readonly number[] = []): Promise<void> {
    this.#checkWritable()
    this.#take(listId, dropPending)
    this.#shelf.base.set(listId, [base.slice()])
  }

  async inbox(listId: string): Promise<InboxEdit[]> {
    this.#checkOpen()
    return [...(this.#shelf.inbox.get(listId) ?? [])]
  }

  async refuse(listId: string, keys: readonly number[], why: Refused): Promise<void> {
    this.#checkWritable()
    this.#refuse(listId, keys, why)
  }

  async dropInbox(listId: string, keys: readonly number[]): Promise<void> {
    this.#checkWritable()
    const kept = (this.#shelf.inbox.get(listId) ?? []).filter((edit) => !keys.includes(edit.key))
    this.#shelf.inbox.set(listId, kept)
  }

  async fact(listId: string, name: string): Promise<unknown> {
    this.#checkOpen()
    return structuredClone(this.#shelf.facts.get(listId)?.get(name))
  }

  async facts(name: string): Promise<{ id: string; value: unknown }[]> {
    this.#checkOpen()
    return [...this.#shelf.facts].flatMap(([id, facts]) =>
      facts.has(name) ? [{ id, value: structuredClone(facts.get(name)) }] : [],
    )
  }

  async putFact(listId: string, name: string, value: unknown): Promise<void> {
    const copy = copyOfFact(name, value)
    this.#checkWritable()
    this.#putFact(listId, name, copy)
  }

  async appendBaseWith(
    listId: string,
    update: Uint8Array | null,
    { name, value }: { readonly name: string; readonly value: unknown },
  ): Promise<boolean> {
    const copy = copyOfFact(name, value)
    this.#checkWritable()
    const isTaken = this.#putFact(listId, name, copy)
    if (isTaken && update !== null) this.#base(listId).push(update.slice())
    return isTaken
  }

  async close(): Promise<void> {
    this.#closed = true
  }

  async destroy(): Promise<void> {
    this.#closed = true
    this.#shelf.gone = true
    this.#forget()
  }

  #refuse(listId: string, keys: readonly number[], { code, message, places }: Refused): void {
    const refused = this.#take(listId, keys).map(
      ({ key, changes, label, at }): InboxEdit => ({
        key,
        changes,
        label,
        at,
        code,
        message,
        ...(places === undefined ? {} : { places }),
      }),
    )
    this.#shelf.inbox.set(listId, [...(this.#shelf.inbox.get(listId) ?? []), ...refused])
  }

  #putFact(listId: string, name: string, value: unknown): boolean {
    const { lists, base, ends, facts } = this.#shelf
    const isHere = lists.has(listId) || this.#pending(listId).length > 0 || base.has(listId)
    if (!isHere || ends.has(listId)) return false
    const known = facts.get(listId) ?? new Map<string, unknown>()
    if (value === undefined) known.delete(name)
    else facts.set(listId, known.set(name, value))
    return true
  }

  #base(listId: string): Uint8Array[] {
    return entry(this.#shelf.base, listId)
  }

  #pending(listId: string): PendingEdit[] {
    return entry(this.#shelf.pending, listId)
  }

  #push(listId: string, { update, changes, label, at }: Omit<PendingEdit, 'key'>): number {
    const key = this.#shelf.nextKey++
    this.#pending(listId).push({ key, update: update.slice(), changes: structuredClone(changes), label, at })
    return key
  }

  #take(listId: string, keys: readonly number[]): PendingEdit[] {
    const taken = this.#pending(listId).filter((edit) => keys.includes(edit.key))
    const kept = this.#pending(listId).filter((edit) => !keys.includes(edit.key))
    this.#shelf.pending.set(listId, kept)
    return taken
  }

  #checkOpen(): void {
    if (this.#shelf.gone) throw new StorageFailed('The data of this person was deleted.', { gone: true })
    if (this.#closed) throw new StorageFailed('The store is closed.')
  }

  #checkWritable(): void {
    this.#checkOpen()
    if (this.#failing.how !== null) throw failure(this.#failing.how)
  }
}

function entry<T>(map: Map<string, T[]>, key: string): T[] {
  const found = map.get(key) ?? []
  map.set(key, found)
  return found
}
