import type { Replica } from '../replica/replica.ts'
import type { Write } from '../types.ts'
import type { Desk } from './desk.ts'
import type { Refused } from './types.ts'

/** The inbox of edits that could not be saved, with the two things a person can decide about them. */
export function createRefused(replica: Replica, desk: Desk): Refused {
  const { inbox } = replica
  const take = (ids?: readonly string[]) => {
    const { entries, keys } = inbox.take(ids)
    replica.inboxDecided(keys)
    return entries
  }
  return {
    getSnapshot: () => inbox.refused.getSnapshot(),
    getServerSnapshot: () => inbox.refused.getServerSnapshot(),
    subscribe: (onChange) => inbox.refused.subscribe(onChange),
    drop: (ids) => {
      take(ids)
    },
    retry: (ids): Write => {
      // Before anything is taken out: what may not be made again now stays where it is kept.
      if (desk.forbids('edit') !== null) return { ...desk.put('', []), value: undefined }
      const entries = take(ids)
      const writes = entries.map((entry) => desk.put(entry.label, entry.changes))
      return {
        value: undefined,
        stored: quiet(writes.map((write) => write.stored)),
        confirmed: quiet(writes.map((write) => write.confirmed)),
      }
    },
  }
}

/** All of them, already handled: nobody has to listen. */
function quiet(promises: readonly Promise<void>[]): Promise<void> {
  const all = Promise.all(promises).then(() => undefined)
  all.catch(() => {})
  return all
}
