import { compacted } from './compacted.ts'
import { Database, type DatabaseOptions } from './database.ts'
import { copyOfFact } from './facts.ts'
import { deleteOfList, endOfList, putFactOfList, takePending } from './indexeddb-moves.ts'
import {
  type BaseRow,
  baseRow,
  type EndRow,
  type FactRow,
  inboxRow,
  type NewEdit,
  pendingRow,
  toEnd,
  toInbox,
  toPending,
} from './indexeddb-rows.ts'
import type {
  DeviceStore,
  InboxEdit,
  LoadedDocument,
  PendingEdit,
  Refused,
  StoredEnd,
  StoredList,
} from './port.ts'

/**
 *     lists    id                      → StoredList
 *     base     key, index list         → { list, update }            what the server confirmed or sent
 *     pending  key, index list         → { list, …PendingEdit }      key numbers are never used twice
 *     inbox    key, index list         → { list, …InboxEdit }
 *     ends     id                      → { id, …StoredEnd }          since version 2; apart from `lists`, so that no tab writes over it
 *     facts    [list, name], index list → { list, name, value }      since version 3
 */
const STORES = ['lists', 'base', 'pending', 'inbox', 'ends', 'facts'] as const
const VERSION = 3

/** Makes what is not there yet: a device may come from any earlier version. */
function createStores(db: IDBDatabase): void {
  const isMissing = (name: string): boolean => !db.objectStoreNames.contains(name)
  if (isMissing('lists')) db.createObjectStore('lists', { keyPath: 'id' })
  for (const name of ['base', 'pending'].filter(isMissing)) {
    db.createObjectStore(name, { keyPath: 'key', autoIncrement: true }).createIndex('list', 'list')
  }
  if (isMissing('inbox')) db.createObjectStore('inbox', { keyPath: 'key' }).createIndex('list', 'list')
  if (isMissing('ends')) db.createObjectStore('ends', { keyPath: 'id' })
  if (isMissing('facts')) {
    const facts = db.createObjectStore('facts', { keyPath: ['list', 'name'] })
    facts.createIndex('list', 'list')
    facts.createIndex('name', 'name')
  }
}

/** One person's lists in IndexedDB; see `DeviceStore` for what it promises. */
export class IndexedDbStore implements DeviceStore {
  readonly #db: Database
  readonly #compactAfter: number
  /** Base rows by list as far as this tab knows; only decides when to look. */
  readonly #rows = new Map<string, number>()
  #compacting: Promise<void> = Promise.resolve()

  private constructor(db: Database, compactAfter: number) {
    this.#db = db
    this.#compactAfter = compactAfter
  }

  static async open({
    compactAfter,
    ...o
  }: Omit<DatabaseOptions, 'version' | 'upgrade'> & {
    readonly compactAfter: number
  }): Promise<IndexedDbStore> {
    const db = new Database({ ...o, version: VERSION, upgrade: createStores })
    await db.open()
    return new IndexedDbStore(db, compactAfter)
  }

  lists(): Promise<StoredList[]> {
    return this.#read(['lists'], 'read the lists on this device', (tx) => {
      const all = tx.objectStore('lists').getAll()
      return () => all.result as StoredList[]
    })
  }

  putList(list: StoredList): Promise<void> {
    return this.#write(['lists'], 'store a list on this device', (tx) => {
      tx.objectStore('lists').put(list)
    })
  }

  dropList(id: string): Promise<void> {
    return this.#change(STORES, 'remove a list from this device', (tx) => {
      tx.objectStore('lists').delete(id)
      tx.objectStore('ends').delete(id)
      for (const name of ['base', 'pending', 'inbox', 'facts']) deleteOfList(tx.objectStore(name), id)
      return nothing
    })
  }

  endList(listId: string, end: StoredEnd): Promise<void> {
    return this.#change(STORES, 'lock a list on this device', (tx) => {
      endOfList(tx, listId, end)
      this.#rows.delete(listId)
      return nothing
    })
  }

  ends(): Promise<{ id: string; end: StoredEnd }[]> {
    return this.#read(['ends'], 'read which lists on this device are locked', (tx) => {
      const all = tx.objectStore('ends').getAll()
      return () => (all.result as EndRow[]).map((row) => ({ id: row.id, end: toEnd(row) }))
    })
  }

  readmitList(listId: string): Promise<void> {
    return this.#write(['ends'], 'unlock a list on this device', (tx) => {
      tx.objectStore('ends').delete(listId)
    })
  }

  pendingLists(): Promise<string[]> {
    return this.#read(['pending'], 'read what waits on this device', (tx) => {
      const found: string[] = []
      const request = tx.objectStore('pending').index('list').openKeyCursor(null, 'nextunique')
      request.onsuccess = () => {
        const cursor = request.result
        if (cursor === null) return
        found.push(String(cursor.key))
        cursor.continue()
      }
      return () => found
    })
  }

  load(listId: string): Promise<LoadedDocument> {
    return this.#read(['base', 'pending', 'ends'], 'read a list from this device', (tx) => {
      const base = tx.objectStore('base').index('list').getAll(listId)
      const pending = tx.objectStore('pending').index('list').getAll(listId)
      const end = tx.objectStore('ends').get(listId)
      return () => {
        const rows = base.result as BaseRow[]
        this.#rows.set(listId, rows.length)
        this.#compactWhenDue(listId)
        return {
          base: rows.map((row) => row.update),
          pending: (pending.result as PendingEdit[]).map(toPending),
          end: end.result === undefined ? null : toEnd(end.result as EndRow),
        }
      }
    })
  }

  appendPending(listId: string, edit: NewEdit): Promise<number> {
    return this.#db.run({
      stores: ['pending'],
      mode: 'readwrite',
      doing: 'store an edit on this device',
      isAllIssued: true,
      work: (tx) => {
        const request = tx.objectStore('pending').add(pendingRow(listId, edit))
        return () => Number(request.result)
      },
    })
  }

  appendBase(listId: string, update: Uint8Array): Promise<void> {
    const doing = 'store a change from the server on this device'
    const work = (tx: IDBTransaction): void => {
      tx.objectStore('base').add(baseRow(listId, update))
      this.#grew(listId, 1)
    }
    return this.#write(['base'], doing, work, false)
  }

  confirm(listId: string, keys: readonly number[]): Promise<void> {
    return this.#change(['base', 'pending'], 'note on this device that edits were saved', (tx) => {
      const base = tx.objectStore('base')
      takePending(tx, listId, keys, (edit) => base.add(baseRow(listId, edit.update)))
      this.#grew(listId, keys.length)
      return nothing
    })
  }

  replacePending(listId: string, drop: readonly number[], add: readonly NewEdit[]): Promise<number[]> {
    return this.#change(['pending'], 'store repaired edits on this device', (tx) => {
      const pending = tx.objectStore('pending')
      takePending(tx, listId, drop)
      const requests = add.map((edit) => pending.add(pendingRow(listId, edit)))
      return () => requests.map((request) => Number(request.result))
    })
  }

  replaceBase(listId: string, base: Uint8Array, dropPending: readonly number[] = []): Promise<void> {
    return this.#change(['base', 'pending'], 'store a list afresh on this device', (tx) => {
      takePending(tx, listId, dropPending)
      const store = tx.objectStore('base')
      deleteOfList(store, listId, () => store.add(baseRow(listId, base)))
      this.#rows.set(listId, 1)
      return nothing
    })
  }

  inbox(listId: string): Promise<InboxEdit[]> {
    return this.#read(['inbox'], 'read refused edits from this device', (tx) => {
      const all = tx.objectStore('inbox').index('list').getAll(listId)
      return () => (all.result as InboxEdit[]).map(toInbox)
    })
  }

  refuse(listId: string, keys: readonly number[], why: Refused): Promise<void> {
    return this.#change(['pending', 'inbox'], 'set refused edits aside on this device', (tx) => {
      const inbox = tx.objectStore('inbox')
      takePending(tx, listId, keys, (edit) => inbox.put(inboxRow(listId, edit, why)))
      return nothing
    })
  }

  dropInbox(_listId: string, keys: readonly number[]): Promise<void> {
    return this.#write(['inbox'], 'remove refused edits from this device', (tx) => {
      for (const key of keys) tx.objectStore('inbox').delete(key)
    })
  }

  fact(listId: string, name: string): Promise<unknown> {
    return this.#read(['facts'], 'read what this device remembers of a list', (tx) => {
      const row = tx.objectStore('facts').get([listId, name])
      return () => (row.result as FactRow | undefined)?.value
    })
  }

  facts(name: string): Promise<{ id: string; value: unknown }[]> {
    return this.#read(['facts'], 'read what this device remembers of its lists', (tx) => {
      const rows = tx.objectStore('facts').index('name').getAll(name)
      return () => (rows.result as FactRow[]).map(({ list, value }) => ({ id: list, value }))
    })
  }

  async putFact(listId: string, name: string, value: unknown): Promise<void> {
    const row = { list: listId, name, value: copyOfFact(name, value) }
    const stores = ['facts', 'lists', 'base', 'pending', 'ends']
    await this.#change(stores, 'remember something of a list on this device', (tx) => {
      putFactOfList(tx, row)
      return nothing
    })
  }

  async appendBaseWith(
    listId: string,
    update: Uint8Array | null,
    { name, value }: { readonly name: string; readonly value: unknown },
  ): Promise<boolean> {
    const row = { list: listId, name, value: copyOfFact(name, value) }
    const stores = ['facts', 'lists', 'base', 'pending', 'ends']
    return await this.#change(stores, 'store a list on this device', (tx) => {
      let isTaken = false
      putFactOfList(tx, row, () => {
        isTaken = true
        if (update === null) return
        tx.objectStore('base').add(baseRow(listId, update))
        this.#grew(listId, 1)
      })
      return () => isTaken
    })
  }

  async close(): Promise<void> {
    await this.#compacting
    this.#db.close()
  }

  async destroy(): Promise<void> {
    // Emptied first: while another tab holds the database open its deletion waits, and the content must not.
    await this.#write(STORES, 'delete what this device stores', (tx) => {
      for (const name of STORES) tx.objectStore(name).clear()
    })
    await this.#db.delete()
  }

  #grew(listId: string, by: number): void {
    const rows = (this.#rows.get(listId) ?? 0) + by
    this.#rows.set(listId, rows)
    this.#compactWhenDue(listId)
  }

  #compactWhenDue(listId: string): void {
    if ((this.#rows.get(listId) ?? 0) <= this.#compactAfter) return
    this.#rows.set(listId, 1)
    this.#compacting = this.#compacting
      .then(() => this.#compact(listId))
      // Nothing is lost and nobody waits: the rows are as they were, and the next growth tries again.
      .catch(() => undefined)
  }

  /** Reads and replaces in one transaction: a row that another tab adds meanwhile waits for the end of it and stays. */
  #compact(listId: string): Promise<void> {
    return this.#change(['base'], 'tidy a list on this device', (tx) => {
      const store = tx.objectStore('base')
      const rows = store.index('list').getAll(listId)
      rows.onsuccess = () => {
        const found = rows.result as (BaseRow & { key: number })[]
        if (found.length < 2) return
        const update = compactedOrNull(found.map((row) => row.update))
        if (update === null) return
        for (const { key } of found) store.delete(key)
        store.add(baseRow(listId, update))
      }
      return nothing
    })
  }

  #read<T>(stores: readonly string[], doing: string, work: (tx: IDBTransaction) => () => T): Promise<T> {
    return this.#db.run({ stores, mode: 'readonly', doing, work })
  }

  #change<T>(stores: readonly string[], doing: string, work: (tx: IDBTransaction) => () => T): Promise<T> {
    return this.#db.run({ stores, mode: 'readwrite', doing, work })
  }

  #write(
    stores: readonly string[],
    doing: string,
    work: (tx: IDBTransaction) => void,
    isRepeatable = true,
  ): Promise<void> {
    return this.#db.run({
      stores,
      mode: 'readwrite',
      doing,
      isAllIssued: true,
      isRepeatable,
      work: (tx) => {
        work(tx)
        return nothing
      },
    })
  }
}

const nothing = (): void => undefined

function compactedOrNull(updates: readonly Uint8Array[]): Uint8Array | null {
  try {
    return compacted(updates)
  } catch {
    // A row that Yjs cannot read is for the loader to find and report; tidying must not destroy the evidence.
    return null
  }
}
