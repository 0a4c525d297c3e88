import type { StoredEnd, StoredView } from '../local/port.ts'
import type { Change } from '../model/changes.ts'

/** What the tabs of one person on one device tell each other about one list. */
export type TabMessage = { readonly listId: string } & (
  | {
      /** The document changed. With a `pendingKey` it is an edit stored on this device; without, it came from the server. */
      readonly type: 'update'
      readonly update: Uint8Array
      readonly pendingKey: number | null
      readonly changes?: readonly Change[]
      readonly label?: string
    }
  | { readonly type: 'confirmed'; readonly keys: readonly number[] }
  | { readonly type: 'refused'; readonly keys: readonly number[] }
  /** The inbox of refused edits changed: read it again. */
  | { readonly type: 'inbox' }
  /** How this person keeps the list was changed. */
  | { readonly type: 'mine'; readonly mine: StoredView }
  /** The device has more of the list, from the server: whoever has it from the device reads it again. */
  | { readonly type: 'fresh' }
  /** The stored copy was rebuilt: what this tab holds may differ from it, load it again. */
  | { readonly type: 'rebased' }
  /** Access to the list has ended: lock it here too. */
  | { readonly type: 'ended'; readonly end: StoredEnd }
  /** The server lets this person in again: ask it here too. */
  | { readonly type: 'readmitted' }
  /** The person let go of what was left of a list that has ended; it is on the device no more. */
  | { readonly type: 'forgotten' }
)

/**
 * Carries messages between the tabs of one person on one device.
 *
 * INVARIANTS
 * - Every other open tab of the same name hears a message once, in the sender's order; the sender itself never does.
 * - Nothing is stored: a tab that opens later reads the device's store instead.
 * - Never throws; where the browser has no channel between tabs, nothing is heard and the server joins them.
 */
export interface TabRelay {
  post(message: TabMessage): void
  subscribe(listener: (message: TabMessage) => void): () => void
  close(): void
}
