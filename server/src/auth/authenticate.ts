import type { Storage } from '@tandem/persistence'
import { type Authenticate, type Authentication, refusedToken } from './identity.ts'
import type { Introduce } from './introduce.ts'
import { API_TOKEN_PREFIX, hashToken } from './random-token.ts'
import { hasScope, isScope } from './scopes.ts'
import type { Tokens } from './tokens.ts'

export interface AuthenticateDeps {
  readonly tokens: Tokens
  readonly storage: Pick<Storage, 'credentials'>
  readonly introduce: Introduce
}

/** Checks a token of any kind, asks whether its session still counts, and makes its bearer known. */
export function createAuthenticate({ tokens, storage, introduce }: AuthenticateDeps): Authenticate {
  const { credentials } = storage

  async function byApiToken(token: string): Promise<Authentication> {
    const found = await credentials.findApiToken(hashToken(token))
    if (found === null) return refusedToken('unknown-token')
    return {
      ok: true,
      userId: found.userId,
      name: found.user.name,
      ...(found.expiresAt === null ? {} : { expiresAt: found.expiresAt.getTime() }),
      sessionId: found.id,
      issuedAt: found.createdAt.getTime(),
      scopes: found.scopes.filter(isScope),
      kind: found.user.kind,
      email: found.user.email,
    }
  }

  return async (token) => {
    if (token.startsWith(API_TOKEN_PREFIX)) return byApiToken(token)
    const answer = await tokens.verify(token)
    if (!answer.ok) return answer
    const { userId, sessionId, issuedAt } = answer
    // Without "iat" it may be as old as can be.
    if (!(await credentials.isLive({ userId, sessionId, issuedAt: new Date(issuedAt ?? 0) })))
      return refusedToken('session-ended')
    await introduce(answer)
    return answer
  }
}

/**
 * The same for sockets, over which a list is written as well as read: a token that may not write opens none. What else the token may do is
 * not asked there.
 */
export function forSockets(authenticate: Authenticate): Authenticate {
  return async (token) => {
    const answer = await authenticate(token)
    return answer.ok && !hasScope(answer, 'lists:write') ? refusedToken('missing-scope') : answer
  }
}
