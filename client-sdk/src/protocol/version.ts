/**
 * Version of what Tandem says on top of the Hocuspocus wire protocol.
 *
 * 1  First version: welcome, refused, storage, damaged, check, check-result, collisions, missed, missed-collisions, changed, resync, presence.
 */
export const PROTOCOL_VERSION = 1
/** The oldest version this code still serves. Must never be increased within six months of a release that spoke it. */
export const OLDEST_PROTOCOL_VERSION = 1
/** Sent in the version field of the Auth frame, for example `tandem/1`; stock Hocuspocus providers send their own. */
export const PROTOCOL_NAME = `tandem/${PROTOCOL_VERSION}`

/** True for a Tandem client that is no longer served. Programs of other makes, such as stock providers, say other things and are served. */
export function isTooOld(said: string | null): boolean {
  const match = /^tandem\/(\d{1,9})$/.exec(said ?? '')
  return match !== null && Number(match[1]) < OLDEST_PROTOCOL_VERSION
}
