/**
 * The device did not store something. What was there before is untouched.
 *
 * `quota` is true when the device is full, so that the app can say so and offer an export; `gone` is true when another
 * tab deleted this person's data (a sign-out), so trying again cannot help.
 */
export class StorageFailed extends Error {
  readonly quota: boolean
  readonly gone: boolean

  constructor(message: string, o: { quota?: boolean; gone?: boolean; cause?: unknown } = {}) {
    super(message, { cause: o.cause })
    this.name = 'StorageFailed'
    this.quota = o.quota ?? false
    this.gone = o.gone ?? false
  }
}

/** Whatever a browser threw, as a `StorageFailed`; its name decides about `quota`. */
export function toStorageFailed(cause: unknown, doing: string): StorageFailed {
  if (cause instanceof StorageFailed) return cause
  const name = nameOf(cause)
  // Firefox reports a full disk under its own name; all others follow the standard.
  const quota = name === 'QuotaExceededError' || name === 'NS_ERROR_DOM_QUOTA_REACHED'
  const why = quota ? 'the device is full' : `the browser said ${name}`
  return new StorageFailed(`Could not ${doing}: ${why}.`, { quota, cause })
}

function nameOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return String(cause)
  const name = (cause as { name?: unknown }).name
  return typeof name === 'string' ? name : 'an unnamed error'
}
