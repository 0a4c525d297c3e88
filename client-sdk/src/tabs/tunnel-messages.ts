import { fieldsOf } from '../client/fields.ts'

/** What the tabs of a browser say to all: who has the socket, and who would like to use it. */
export type LobbyMessage =
  | { readonly type: 'leader'; readonly leader: string }
  | { readonly type: 'open'; readonly tab: string; readonly session: string }
  /** Whoever asked with `open` wants nothing any more; `except` is told on the line, behind the last frame. */
  | { readonly type: 'withdraw'; readonly session: string; readonly except: string }

/** From the tab that uses it to the one that has it, on a channel of their own. `to`: an earlier leader may be listening still. */
export type UpMessage = { readonly to: string } & (
  | { readonly type: 'frame'; readonly frame: Uint8Array }
  | { readonly type: 'ping' }
  /** So many bytes of frames have arrived so far. */
  | { readonly type: 'heard'; readonly bytes: number }
  | { readonly type: 'leave'; readonly isUnanswered: boolean }
)

/** And back. */
export type DownMessage = { readonly from: string } & DownBody

export type DownBody =
  /** I am here. So many bytes of frames have arrived so far, and so many wait on the socket. */
  | { readonly type: 'alive'; readonly bytes: number; readonly buffered: number }
  | { readonly type: 'opened' }
  | { readonly type: 'frame'; readonly frame: Uint8Array }
  | { readonly type: 'lost'; readonly code: number; readonly reason: string }

/** Null for what is none: another tab may run an older or a newer app. */
export function parseLobby(raw: unknown): LobbyMessage | null {
  const { type, leader, tab, session, except } = fieldsOf(raw)
  if (type === 'leader' && typeof leader === 'string') return { type, leader }
  if (typeof session !== 'string') return null
  if (type === 'open' && typeof tab === 'string') return { type, tab, session }
  return type === 'withdraw' && typeof except === 'string' ? { type, session, except } : null
}

export function parseUp(raw: unknown): UpMessage | null {
  const { type, to, frame, bytes, isUnanswered } = fieldsOf(raw)
  if (typeof to !== 'string') return null
  if (type === 'frame' && frame instanceof Uint8Array) return { to, type, frame }
  if (type === 'ping') return { to, type }
  if (type === 'heard' && typeof bytes === 'number') return { to, type, bytes }
  return type === 'leave' ? { to, type, isUnanswered: isUnanswered === true } : null
}

export function parseDown(raw: unknown): DownMessage | null {
  const { type, from, frame, bytes, buffered, code, reason } = fieldsOf(raw)
  if (typeof from !== 'string') return null
  if (type === 'alive' && typeof bytes === 'number' && typeof buffered === 'number')
    return { from, type, bytes, buffered }
  if (type === 'opened') return { from, type }
  if (type === 'frame' && frame instanceof Uint8Array) return { from, type, frame }
  if (type === 'lost' && typeof code === 'number' && typeof reason === 'string')
    return { from, type, code, reason }
  return null
}

/** Apps that speak otherwise must not wait for each other, and take the socket away from each other for ever: they share none. */
const VERSION = 1

/** What the tabs of one person on one server call what they share. */
export interface SharedNames {
  /** Whoever holds it has the socket. */
  readonly socketLock: string
  readonly lobby: string
  /** Held by a tab as long as it lives. */
  tabLock(tab: string): string
  line(session: string): string
}

export function sharedNames(whose: string): SharedNames {
  return {
    socketLock: `tandem-socket ${VERSION} ${whose}`,
    lobby: `tandem-lobby ${VERSION} ${whose}`,
    tabLock: (tab) => `tandem-tab ${tab}`,
    line: (session) => `tandem-line ${session}`,
  }
}
