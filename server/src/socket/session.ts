import type { UserId } from '@tandem/persistence'
import type { Authenticate } from '../room/deps.ts'

export type Identified = Awaited<ReturnType<Authenticate>>

/** What rooms may know and ask of the socket behind a document connection. */
export interface SocketSession {
  readonly id: string
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

/** Remembers what each token said, for as long as it says so. */
export function rememberTokens(
  authenticate: Authenticate,
  now: () => number,
): (token: string) => Promise<Identified> {
  const answers = new Map<string, Promise<Identified>>()
  return async (token) => {
    const known = answers.get(token)
    if (known !== undefined) {
      const answer = await known
      if (answer.ok && (answer.expiresAt ?? Number.POSITIVE_INFINITY) > now()) return answer
    }
    const asked = authenticate(token)
    if (answers.size >= REMEMBERED_TOKENS) answers.clear()
    answers.set(token, asked)
    try {
      const answer = await asked
      if (!answer.ok) answers.delete(token)
      return answer
    } catch (error) {
      answers.delete(token)
      throw error
    }
  }
}
