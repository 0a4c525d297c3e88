import type { ClientError } from '../errors.ts'
import type { Refused } from '../local/port.ts'
import type { Change } from '../model/changes.ts'
import type { Write } from '../types.ts'

/** What an edit is made of; the same in memory, on the device and between tabs. */
export interface EditContent {
  readonly update: Uint8Array
  readonly changes: readonly Change[]
  readonly label: string
  readonly at: number
}

/**
 * One local edit the server has not confirmed.
 *
 * `origin` says where it was made: by this tab, by another open tab, or before this page was loaded.
 */
export interface Edit extends EditContent {
  readonly origin: 'here' | 'tab' | 'earlier'
  /** The items it is about, for marking their rows. */
  readonly items: ReadonlySet<string>
  /** The same in every tab, long before the device store has given it a key. */
  readonly uid: string
  /** Its row in the device store, once there is one. */
  key: number | null
  device: 'writing' | 'stored' | 'failed'
  /** What became of it, for a device write that finishes only afterwards. `replaced`: a repair gave its changes other bytes. */
  fate: Fate
  /** Not before this time is it sent by this tab: another tab's edit is that tab's to send. */
  sendFrom: number
  /** Whether the document on the screen contains it; false for another tab's edit between a repair and its arrival. */
  inDocument: boolean
  readonly stored: Settled
  readonly confirmed: Settled
}

export type Fate =
  | { readonly state: 'waiting' | 'confirmed' | 'replaced' | 'discarded' }
  | (Refused & { readonly state: 'refused' })

/** A promise with its two ends, already handled: nobody has to listen. Settling it twice is harmless. */
export interface Settled {
  readonly promise: Promise<void>
  resolve(): void
  reject(error: ClientError): void
}

export function settled(): Settled {
  let resolve = () => {}
  let reject: (error: ClientError) => void = () => {}
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  // The failure is in the list's status as well; a promise that nobody awaits must not end a Node process.
  promise.catch(() => {})
  return { promise, resolve, reject }
}

/** What a write that cannot be made hands out. */
export function failedWrite<T>(value: T, error: ClientError): Write<T> {
  const failed = settled()
  failed.reject(error)
  return { value, stored: failed.promise, confirmed: failed.promise }
}

export function newEdit(
  content: EditContent,
  where: { uid: string; origin: Edit['origin']; key?: number | null; sendFrom?: number },
): Edit {
  const { update, changes, label, at } = content
  const key = where.key ?? null
  return {
    update,
    changes,
    label,
    at,
    origin: where.origin,
    items: itemsOf(changes),
    uid: where.uid,
    key,
    // Another tab's edit is that tab's to store; here it counts as written until that tab says so.
    device: key === null ? 'writing' : 'stored',
    fate: { state: 'waiting' },
    sendFrom: where.sendFrom ?? 0,
    inDocument: true,
    stored: settled(),
    confirmed: settled(),
  }
}

/** The same edit with other bytes, after a repair. It keeps its name and its promises. */
export function rewritten(edit: Edit, update: Uint8Array): Edit {
  edit.fate = { state: 'replaced' }
  return {
    ...edit,
    update,
    origin: 'here',
    key: null,
    device: 'writing',
    fate: { state: 'waiting' },
    sendFrom: 0,
    inDocument: true,
  }
}

/** The items that changes are about. */
export function itemsOf(changes: readonly Change[]): Set<string> {
  const ids = new Set<string>()
  for (const change of changes) {
    if (change.type === 'text') ids.add(change.itemId)
    else if (change.root === 'items') ids.add(change.key.split('/', 1)[0] ?? change.key)
  }
  return ids
}
