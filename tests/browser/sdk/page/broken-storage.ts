/** Ways in which a browser's storage fails, as the page meets them. One at a time; `heal` ends it. */
export const storage = {
  /** Every write is refused, as with a broken disk. */
  breakWrites: (): void => {
    const { add, put } = IDBObjectStore.prototype
    const fail = (): never => {
      throw new DOMException('The disk is broken.', 'UnknownError')
    }
    Object.assign(IDBObjectStore.prototype, { add: fail, put: fail })
    storage.heal = () => Object.assign(IDBObjectStore.prototype, { add, put })
  },
  /** Nothing can be opened, as in locked-down web views. */
  breakOpening: (): void => {
    const { open } = IDBFactory.prototype
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError')
    }
    storage.heal = () => Object.assign(IDBFactory.prototype, { open })
  },
  /** As "clear site data" of other tabs and extensions does it. */
  deleteAll: async (): Promise<void> => {
    for (const { name } of await indexedDB.databases()) {
      await new Promise((resolve) => {
        const request = indexedDB.deleteDatabase(name ?? '')
        request.onsuccess = resolve
        request.onerror = resolve
      })
    }
  },
  heal: (): void => undefined,
}
