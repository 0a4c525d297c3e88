import type { Environment } from '../connection/port.ts'
import type { Readable } from '../types.ts'

/** Several lists shared in a row are one look. */
const GATHER_MS = 200
/** Somebody looks at the overview, and no connection would tell of a new list: often at first, when they may wait for one. */
const FIRST_LOOK_MS = 5_000
const WATCHED_MS = 20_000
/** A hint may be lost. */
const ROUTINE_MS = 60_000

export interface ListsNewsHost {
  readonly environment: Environment
  /** Never rejects. */
  readonly refresh: () => Promise<void>
  /** Whether a connection is open on which the server would say that this person's lists have changed. */
  readonly hearsOfChanges: () => boolean
}

export interface ListsNews {
  /** The same readable, with a note of whether anybody looks. */
  watched<T>(lists: Readable<T>): Readable<T>
  /** Reads the lists now, and from time to time from now on. */
  start(): void
  /** Reads them in a moment. */
  soon(): void
  close(): void
}

/** When to read the server's account of this person's lists: on its word, and without one often enough (N-06). */
export function createListsNews({ environment, refresh, hearsOfChanges }: ListsNewsHost): ListsNews {
  let watchers = 0
  let looks = 0
  let isStarted = false
  let cancelSoon: (() => void) | null = null
  let cancelLook: (() => void) | null = null

  const arm = (): void => {
    cancelLook?.()
    const needsLooking = watchers > 0 && !hearsOfChanges()
    const waitMs = needsLooking ? Math.min(FIRST_LOOK_MS * 1.5 ** looks, WATCHED_MS) : ROUTINE_MS
    cancelLook = environment.setTimer(
      () => {
        looks += 1
        read()
      },
      waitMs * (0.75 + environment.random() / 2),
    )
  }
  const read = (): void => {
    void refresh()
    arm()
  }
  /** There is a reason to expect something. */
  const attend = (): void => {
    looks = 0
    if (isStarted) arm()
  }
  return {
    watched: (lists) => ({
      getSnapshot: () => lists.getSnapshot(),
      getServerSnapshot: () => lists.getServerSnapshot(),
      subscribe: (onChange) => {
        const stop = lists.subscribe(onChange)
        let isWatching = true
        watchers += 1
        attend()
        return () => {
          stop()
          if (isWatching) watchers -= 1
          isWatching = false
        }
      },
    }),
    start: () => {
      isStarted = true
      read()
    },
    soon: () => {
      if (!isStarted) return
      looks = 0
      cancelSoon ??= environment.setTimer(() => {
        cancelSoon = null
        read()
      }, GATHER_MS)
    },
    close: () => {
      isStarted = false
      cancelSoon?.()
      cancelLook?.()
    },
  }
}
