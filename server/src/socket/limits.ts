/** What one socket, one user and this process may use. */
export interface SocketLimits {
  /** Above it an upgrade is answered 503 with Retry-After. */
  readonly maxSockets: number
  readonly maxSocketsPerUser: number
  /** From one address; above it an upgrade is answered 503 as well, before anything is known of who it is. */
  readonly maxSocketsPerPlace: number
  /** Lists one socket may have open at a time. */
  readonly maxListsPerSocket: number
  /** Programs, such as tabs of one browser, that may share one socket. */
  readonly maxSessionsPerSocket: number
  /** Frames above it close the socket with 1009. Larger than an update, because a frame carries a name around it. */
  readonly maxFrameBytes: number
  /** Bytes waiting to be sent above which presence is dropped. */
  readonly shedPresenceBytes: number
  /** Bytes waiting to be sent above which the socket is closed, to come back and read only what it lacks. */
  readonly tooSlowBytes: number
  /** Frames and bytes received and not yet processed above which we stop reading from the socket. */
  readonly pauseFrames: number
  readonly pauseBytes: number
  /** Bytes received and not yet processed, of all sockets together, above which we stop reading from every one of them. */
  readonly maxWaitingBytes: number
  /** A socket that lets one of these pass without answering a ping is gone. */
  readonly heartbeatMs: number
  /** How long a new socket may take to open its first list. */
  readonly firstListMs: number
  /** How long a socket may be without a list before it is closed. */
  readonly idleMs: number
  /** Presence messages one session of a socket may send a second, and a few together; further ones are dropped. */
  readonly presencePerSecond: number
  /** Pages that may open sockets, beside those of this host and of this machine; `*` allows every page. */
  readonly allowedOrigins: readonly string[]
}

const KiB = 1024
const MiB = 1024 * KiB

export const DEFAULT_SOCKET_LIMITS: SocketLimits = {
  maxSockets: 10_000,
  maxSocketsPerUser: 100,
  maxSocketsPerPlace: 8_000,
  maxListsPerSocket: 2_000,
  maxSessionsPerSocket: 64,
  maxFrameBytes: MiB + 64 * KiB,
  shedPresenceBytes: MiB,
  tooSlowBytes: 8 * MiB,
  pauseFrames: 256,
  pauseBytes: 2 * MiB,
  maxWaitingBytes: 256 * MiB,
  heartbeatMs: 30_000,
  firstListMs: 30_000,
  idleMs: 300_000,
  presencePerSecond: 50,
  allowedOrigins: [],
}
