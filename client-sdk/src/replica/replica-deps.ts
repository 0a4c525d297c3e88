import type { Environment, Link } from '../connection/port.ts'
import type { ClientError } from '../errors.ts'
import type { DeviceStore, StoredEnd } from '../local/port.ts'
import type { Collided } from '../protocol/messages.ts'
import type { TabRelay } from '../tabs/port.ts'
import type { Edit } from './edit.ts'

/** What one list's copy needs, and whom it tells. */
export interface ReplicaDeps {
  readonly listId: string
  readonly environment: Environment
  readonly store: DeviceStore
  readonly link: Link
  readonly tabs: TabRelay
  /** Different for every tab and page load. */
  readonly tabId: string
  readonly syncedAt: number | null
  readonly collisionsUpTo: () => number | null
  /** False when the list is of a newer format than this code reads: nothing is written to it, what waits is kept. */
  readonly isReadable: () => boolean
  /** Values of this list collided; `wereMissed` while this device was away. */
  readonly collided: (collisions: readonly Collided[], wereMissed: boolean) => void
  /** Anything a status could follow from has changed. */
  readonly changed: () => void
  /** An edit started to wait for the server (1), or no longer does (-1), whatever became of it. */
  readonly waiting: (edit: Edit, change: 1 | -1) => void
  /** Nobody hears of what `work` changes on the screen before its end. */
  readonly atOnce: (work: () => void) => void
  /** Access has ended, and the list is about to go: whoever is to remember its name looks now. */
  readonly locking: () => void
  /** Access has ended, and nothing of the list is on the screen any more. */
  readonly locked: (end: StoredEnd) => void
  /** It was given again; the list comes from the server. */
  readonly unlocked: () => void
  /** What REST said of the list's people, or of this person's lists, is not what it would say now. */
  readonly askAgain: (what: 'people' | 'lists') => void
  readonly onError: (error: ClientError) => void
}
