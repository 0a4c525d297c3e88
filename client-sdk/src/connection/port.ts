import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { ServerMessage } from '../protocol/messages.ts'

/** The socket of this client, seen from outside. */
export type LinkState =
  | { readonly state: 'idle' }
  | { readonly state: 'connecting'; readonly attempt: number }
  | { readonly state: 'open' }
  /** Nobody looks and nothing waits: there is no socket until `resume()`. */
  | { readonly state: 'resting' }
  /** Between attempts. */
  | { readonly state: 'waiting'; readonly untilMs: number; readonly attempt: number }
  /** The server said stop (44xx), or the token is missing. `resume()` tries again. */
  | { readonly state: 'stopped'; readonly code: number; readonly reason: string }

/** One list on the link, seen from outside. */
export type ChannelState =
  | { readonly state: 'detached' }
  | { readonly state: 'joining' }
  /** Both directions of the handshake are done: we have what the server had. */
  | { readonly state: 'live'; readonly readOnly: boolean }
  | { readonly state: 'denied'; readonly code: number; readonly reason: string }

/**
 * What a channel needs of the list it carries. All calls are synchronous and in frame order.
 *
 * The acknowledgement rule: each `outgoing` batch is answered exactly once, oldest first, by `acked` or `refused`,
 * or by neither when the connection drops; then the next handshake's batch covers it.
 */
export interface ChannelHost {
  /** The current document; a repair may put another one in its place (then call `rejoin`). */
  document(): Y.Doc
  awareness(): Awareness
  /** Everything written so far; the number is handed back by `acked`. */
  writtenUpTo(): number
  /**
   * Everything written so far that a server with this state vector lacks. Without it, what the document holds; a host that keeps
   * edits as they were written gives those, because a document forgets the values that gave way to others.
   */
  lacking?(stateVector: Uint8Array): Uint8Array
  /** Apply an update from the server. `complete` is true for the handshake's answer. */
  received(update: Uint8Array, complete: boolean): void
  /** Everything written up to this number is durable on the server. */
  acked(upTo: number): void
  /** The batch with edits (after, upTo] was refused; the reason came in the `refused` message just before. */
  refused(after: number, upTo: number): void
  message(message: ServerMessage): void
  stateChanged(state: ChannelState): void
}

/** One list on the shared socket. */
export interface Channel {
  readonly state: ChannelState
  /** Local edits exist up to `writtenUpTo()`: send `update` (already merged for one batch). Ignored unless live; the next handshake covers it. */
  outgoing(update: Uint8Array, after: number, upTo: number): void
  send(message: string): void
  /** Handshake again from the start, on the same socket. */
  rejoin(): void
  close(): void
}

/** One socket for all lists of a client. */
export interface Link {
  readonly state: LinkState
  subscribe(listener: (state: LinkState) => void): () => void
  open(listId: string, host: ChannelHost): Channel
  /** Let the socket go, and open none, until `resume()`. */
  rest(): void
  /** Try now: the network is back, the page is visible again, a new token is there. */
  resume(): void
  close(): void
}

/** Time, chance and transport come from outside, so that tests own them. */
export interface Environment {
  now(): number
  random(): number
  setTimer(callback: () => void, ms: number): () => void
  openSocket(url: string): SocketLike
}

/** The part of WebSocket that the link uses; browsers' and ws's both fit. */
export interface SocketLike {
  binaryType: string
  readonly readyState: number
  readonly bufferedAmount: number
  send(data: Uint8Array): void
  close(code?: number, reason?: string): void
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number; reason: string }) => void) | null
  onerror: (() => void) | null
}
