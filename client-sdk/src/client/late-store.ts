import type { DeviceStore } from '../local/port.ts'

/**
 * A device store that may still be opening: calls made before that wait for it, calls made after go straight through, so
 * that their write is issued in the same tick. When it cannot be opened, a call rejects with the reason, and the next one
 * tries again: a device that works again must not need a reload.
 */
export function lateStore(open: () => Promise<DeviceStore>): DeviceStore {
  let store: DeviceStore | null = null
  let opening: Promise<DeviceStore> | null = null
  const opened = (): Promise<DeviceStore> => {
    opening ??= open().then(
      (found) => {
        store = found
        return found
      },
      (cause: unknown) => {
        opening = null
        throw cause
      },
    )
    return opening
  }
  const use = <T>(call: (opened: DeviceStore) => Promise<T>): Promise<T> => {
    return store === null ? opened().then(call) : call(store)
  }
  // Begun at once, so that it is there when the first write comes. Every call reports a failure; this one only starts it.
  opened().catch(() => {})
  return {
    lists: () => use((s) => s.lists()),
    putList: (list) => use((s) => s.putList(list)),
    dropList: (id) => use((s) => s.dropList(id)),
    endList: (id, end) => use((s) => s.endList(id, end)),
    ends: () => use((s) => s.ends()),
    readmitList: (id) => use((s) => s.readmitList(id)),
    pendingLists: () => use((s) => s.pendingLists()),
    load: (id) => use((s) => s.load(id)),
    appendPending: (id, edit) => use((s) => s.appendPending(id, edit)),
    appendBase: (id, update) => use((s) => s.appendBase(id, update)),
    confirm: (id, keys) => use((s) => s.confirm(id, keys)),
    replacePending: (id, drop, add) => use((s) => s.replacePending(id, drop, add)),
    replaceBase: (id, base, dropPending) => use((s) => s.replaceBase(id, base, dropPending)),
    inbox: (id) => use((s) => s.inbox(id)),
    refuse: (id, keys, why) => use((s) => s.refuse(id, keys, why)),
    dropInbox: (id, keys) => use((s) => s.dropInbox(id, keys)),
    fact: (id, name) => use((s) => s.fact(id, name)),
    facts: (name) => use((s) => s.facts(name)),
    putFact: (id, name, value) => use((s) => s.putFact(id, name, value)),
    appendBaseWith: (id, update, fact) => use((s) => s.appendBaseWith(id, update, fact)),
    close: () => use((s) => s.close()),
    destroy: () => use((s) => s.destroy()),
  }
}
