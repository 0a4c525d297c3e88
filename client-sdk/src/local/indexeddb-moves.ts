import { type EndRow, type FactRow, inboxRow } from './indexeddb-rows.ts'
import type { PendingEdit, StoredEnd } from './port.ts'

const nothing = (): void => undefined

/** Removes those of `keys` that are pending edits of this list, and hands each to `use` in the same transaction. */
export function takePending(
  tx: IDBTransaction,
  listId: string,
  keys: readonly number[],
  use: (edit: PendingEdit) => void = nothing,
): void {
  const pending = tx.objectStore('pending')
  for (const key of keys) {
    const request = pending.get(key)
    whenAnswered(tx, request, () => {
      const edit = request.result as (PendingEdit & { list: string }) | undefined
      if (edit?.list !== listId) return
      pending.delete(key)
      use(edit)
    })
  }
}

export function deleteOfList(store: IDBObjectStore, listId: string, then: () => void = nothing): void {
  const keys = store.index('list').getAllKeys(listId)
  keys.onsuccess = () => {
    for (const key of keys.result) store.delete(key)
    then()
  }
}

/** See `DeviceStore.endList`. */
export function endOfList(tx: IDBTransaction, listId: string, end: StoredEnd): void {
  const [pending, inbox] = [tx.objectStore('pending'), tx.objectStore('inbox')]
  const traces = [
    tx.objectStore('lists').count(listId),
    ...['base', 'inbox'].map((name) => tx.objectStore(name).index('list').count(listId)),
  ]
  const waiting = pending.index('list').getAll(listId)
  // The last one to be asked is the last to be answered: by then all of them have been.
  whenAnswered(tx, waiting, () => {
    const edits = waiting.result as PendingEdit[]
    for (const edit of edits) {
      pending.delete(edit.key)
      inbox.put(inboxRow(listId, edit, { code: end.why, message: end.message }))
    }
    const isHere = edits.length > 0 || traces.some((found) => found.result > 0)
    const { why, message, at } = end
    if (isHere) tx.objectStore('ends').put({ id: listId, why, message, at } satisfies EndRow)
    deleteOfList(tx.objectStore('base'), listId)
    deleteOfList(tx.objectStore('facts'), listId)
  })
}

/** See `DeviceStore.putFact`; `taken` is called in the same transaction when it is remembered. */
export function putFactOfList(
  tx: IDBTransaction,
  { list, name, value }: FactRow,
  taken: () => void = nothing,
): void {
  const facts = tx.objectStore('facts')
  if (value === undefined) {
    facts.delete([list, name])
    return
  }
  const traces = [
    tx.objectStore('lists').count(list),
    ...['base', 'pending'].map((store) => tx.objectStore(store).index('list').count(list)),
  ]
  const ends = tx.objectStore('ends').count(list)
  // The last one to be asked is the last to be answered.
  whenAnswered(tx, ends, () => {
    const isHere = traces.some((found) => found.result > 0)
    if (!isHere || ends.result > 0) return
    facts.put({ list, name, value } satisfies FactRow)
    taken()
  })
}

/** What throws while a request is answered would be an error of the page; it ends the transaction instead, which its caller hears. */
function whenAnswered(tx: IDBTransaction, request: IDBRequest, use: () => void): void {
  request.onsuccess = () => {
    try {
      use()
    } catch {
      tx.abort()
    }
  }
}
