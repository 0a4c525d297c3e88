import type { DeviceStore } from '../local/port.ts'

/**
 * A device store that may still be opening: calls made before that wait for it, calls made after go straight through, so
 * that their write is issued in the same tick. When it cannot be opened, every call rejects with the reason.
 */
export function lateStore(opening: Promise<DeviceStore>): DeviceStore {
  let store: DeviceStore | null = null
  opening.then(
    (opened) => {
      store = opened
    },
    // Every call reports it; this branch only keeps the promise handled.
    () => {},
  )
  const use = <T>(call: (opened: DeviceStore) => Promise<T>): Promise<T> => {
    return store === null ? opening.then(call) : call(store)
  }
  return {
    lists: () => use((s) => s.lists()),
    putList: (list) => use((s) => s.putList(list)),
    dropList: (id) => use((s) => s.dropList(id)),
    load: (id) => use((s) => s.load(id)),
    appendPending: (id, edit) => use((s) => s.appendPending(id, edit)),
    appendBase: (id, update) => use((s) => s.appendBase(id, update)),
    confirm: (id, keys) => use((s) => s.confirm(id, keys)),
    replacePending: (id, drop, add) => use((s) => s.replacePending(id, drop, add)),
    replaceBase: (id, base, dropPending) => use((s) => s.replaceBase(id, base, dropPending)),
    inbox: (id) => use((s) => s.inbox(id)),
    refuse: (id, keys, why) => use((s) => s.refuse(id, keys, why)),
    dropInbox: (id, keys) => use((s) => s.dropInbox(id, keys)),
    close: () => use((s) => s.close()),
    destroy: () => use((s) => s.destroy()),
  }
}
