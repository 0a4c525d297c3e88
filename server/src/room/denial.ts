import { CLOSE, formatReason } from '@tandem/client-sdk/protocol'

/**
 * What a hook throws to deny or end one document.
 *
 * Deliberately not an Error: Hocuspocus prints the message of every Error that passes through a hook to the console,
 * and a denial is an answer, not a fault. It reads `code` and `reason` from whatever is thrown.
 */
export class Denial {
  readonly code: number
  readonly reason: string

  constructor(code: number, text: string) {
    this.code = code
    this.reason = formatReason(code, text)
  }
}

/** One answer for "does not exist" and "not for you", so that ids cannot be probed. */
export const noAccess = (): Denial => new Denial(CLOSE.noAccess, 'No such list, or no access.')

export const tooOld = (): Denial => new Denial(CLOSE.clientTooOld, 'This app is too old. Please reload it.')

export const storageUnavailable = (): Denial =>
  new Denial(CLOSE.storageUnavailable, 'The list cannot be read just now; try again.')

export const unverified = (): Denial =>
  new Denial(CLOSE.storageUnavailable, 'Cannot check your rights just now; try again.')

/** Too many of these questions at once, of one person. */
export const tooManyUnknown = (): Denial =>
  new Denial(CLOSE.overloaded, 'Too many lists that do not exist or are not yours; try again later.')

export const draining = (): Denial => new Denial(CLOSE.draining, 'The server is restarting; try again.')

/** For faults of our own: worth another try, with nothing in it that belongs in a log. */
export const internal = (): Denial => new Denial(TRY_AGAIN, 'Something went wrong; try again.')

/** A list and its client can miss each other: it left memory while they were let in, or while their edit waited. */
export const leftMemory = (): Denial =>
  new Denial(TRY_AGAIN, 'The list has just been closed here; try again.')

const TRY_AGAIN = 4500

export const noise = (): Denial => new Denial(CLOSE.badRequest, 'What was sent is not an edit.')
