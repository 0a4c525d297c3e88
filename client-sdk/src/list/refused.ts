import type { Replica } from '../replica/replica.ts'
import type { Write } from '../types.ts'
import type { Desk } from './desk.ts'
import { doneBy } from './rights.ts'
import type { Refused } from './types.ts'

export interface RefusedHost {
  readonly me: () => string | null
  /** Lets go of a list that has ended, with all that is left of it. */
  readonly forget: () => void
}

/** The inbox of edits that could not be saved, with the two things a person can decide about them. */
export function createRefused(replica: Replica, desk: Desk, host: RefusedHost): Refused {
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
      const wasLast =
        inbox.size > 0 && inbox.refused.getSnapshot().every(({ id }) => ids?.includes(id) ?? true)
      if (replica.access.end !== null && wasLast) host.forget()
      else take(ids)
    },
    retry: (ids): Write => {
      const wanted = inbox.refused.getSnapshot().filter(({ id }) => ids?.includes(id) ?? true)
      // Before anything is taken out: what may not be made again now stays where it is kept.
      const why = wanted.map(({ changes }) => desk.forbidsAny(changes))
      const by = host.me()
      const allowed = wanted.filter((_, index) => why[index] === null)
      const forbidden = why.find((error) => error !== null) ?? desk.isOver()
      if (forbidden !== null && allowed.length === 0) return desk.fail(undefined, forbidden)
      const entries = take(allowed.map(({ id }) => id))
      const writes = entries.map(({ label, changes }) =>
        desk.put(label, by === null ? changes : doneBy(by, changes)),
      )
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
