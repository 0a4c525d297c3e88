/**
 * How one tab's frames get to the server: on a socket of its own, or through the tab that has one.
 *
 * INVARIANTS
 * - `opened` comes at most once and not within the call that made the way; frames come after it and in order.
 * - After `leave`, and after `lost`, nothing is heard of it any more.
 */
export interface Way {
  /** Bytes that have not left this browser yet. */
  readonly buffered: number
  send(frame: Uint8Array): void
  /** `isUnanswered`: the server said nothing to whoever used it. `reason` is for the server, if its socket goes with it. */
  leave(isUnanswered: boolean, reason?: string): void
}

export interface WayUser {
  opened(): void
  received(frame: Uint8Array): void
  lost(code: number, reason: string): void
}
