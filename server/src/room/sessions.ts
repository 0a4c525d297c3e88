import { CLOSE } from '@tandem/client-sdk/protocol'
import type { UserId } from '@tandem/persistence'
import { fewAtATime } from '../few-at-a-time.ts'
import type { Sockets } from '../socket/sockets.ts'
import { type Access, end } from './access.ts'
import type { HubCore } from './core.ts'
import { Denial } from './denial.ts'
import { ASK_AT_ONCE, everybody } from './revoke.ts'

export interface EndedSession {
  readonly userId: UserId
  /** Null: all sessions of the user. */
  readonly sessionId: string | null
}

/** A session has ended: what was opened with it is closed here, and its tokens are asked about again. */
export function applySessionEnd(core: HubCore, sockets: Sockets, ended: EndedSession): void {
  core.sessionEnds += 1
  sockets.forgetTokens()
  for (const access of everybody(core)) if (isOf(access, ended)) endSession(access)
}

function isOf(access: Access, { userId, sessionId }: EndedSession): boolean {
  return access.userId === userId && (sessionId === null || access.credential.sessionId === sessionId)
}

/** Messages between nodes were lost: any session may have ended. Never rejects. */
export async function recheckSessions(core: HubCore, sockets: Sockets): Promise<void> {
  core.sessionEnds += 1
  sockets.forgetTokens()
  await fewAtATime(ASK_AT_ONCE, everybody(core), (access) => recheckCredential(core, access))
}

/** Asks again about the token a list was opened with: a session ended while it was being opened. Never rejects. */
export async function recheckCredential(core: HubCore, access: Access): Promise<void> {
  const { credential } = access
  const checkedAt = core.sessionEnds
  const answer = await access.session.identify(credential.token).catch(() => null)
  // Without an answer the one before it counts, until it is asked the next time.
  if (answer === null || access.isEnded || access.credential !== credential) return
  if (answer.ok && answer.userId === access.userId) access.credential = { ...credential, checkedAt }
  else endSession(access)
}

export function endSession(access: Access): void {
  end(access, new Denial(CLOSE.unauthenticated, 'The session has ended; sign in again.'))
}
