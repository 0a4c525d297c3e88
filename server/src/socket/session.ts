import type { UserId } from '@tandem/persistence'
import type { Authenticate, SyncClock } from '../room/deps.ts'

export type Identified = Awaited<ReturnType<Authenticate>>

/** What rooms may know and ask of the socket behind a document connection. */
export interface SocketSession {
  readonly id: string
  /** The same for all sessions of one socket. */
  readonly socket: object
  /** Checks a token once per socket, however many lists are opened with it. Rejects when nobody can tell just now. */
  identify(token: string): Promise<Identified>
  /** False when this user has too many sockets already. */
  admit(userId: UserId): boolean
  /** The list is closed here, and frames of it are still being handled until `queue` settles. */
  outlivedBy(listId: string, queue: Promise<void>): void
  /** A frame of this list has been dealt with: room for another. */
  processed(listId: string, bytes: number): void
}

/** Enough for a few accounts and a renewal; a client that sends more tokens than this is asked about each again. */
const REMEMBERED_TOKENS = 8

/** So that a client that opens a thousand lists is asked about once; whether its session has ended is asked again soon. */
const REMEMBERED_MS = 10_000

interface Remembered {
  readonly askedAtMs: number
  readonly answer: Promise<Identified>
}

/** What each token shown on one socket said, for a little while. */
export class RememberedTokens {
  private readonly authenticate: Authenticate
  private readonly clock: SyncClock
  private readonly known = new Map<string, Remembered>()

  constructor(authenticate: Authenticate, clock: SyncClock) {
    this.authenticate = authenticate
    this.clock = clock
  }

  async identify(token: string): Promise<Identified> {
    const known = this.known.get(token)
    const nowMs = this.clock.now()
    if (known !== undefined && nowMs - known.askedAtMs < REMEMBERED_MS) {
      const answer = await known.answer
      if (answer.ok && (answer.expiresAt ?? Number.POSITIVE_INFINITY) > this.clock.now()) return answer
    }
    return await this.ask(token, nowMs)
  }

  forget(): void {
    this.known.clear()
  }

  private async ask(token: string, nowMs: number): Promise<Identified> {
    if (this.known.size >= REMEMBERED_TOKENS) this.known.clear()
    const asked: Remembered = { askedAtMs: nowMs, answer: this.authenticate(token) }
    this.known.set(token, asked)
    let isGood = false
    try {
      const answer = await asked.answer
      isGood = answer.ok
      return answer
    } finally {
      if (!isGood && this.known.get(token) === asked) this.known.delete(token)
    }
  }
}
