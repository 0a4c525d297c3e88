import type { Directory } from '@tandem/persistence'
import type { Authenticate, Identity } from './identity.ts'
import type { Tokens } from './tokens.ts'

/** How many users are remembered as known; the oldest is asked about again. */
const REMEMBERED_USERS = 10_000

/**
 * Checks a token and makes its bearer known to the directory the first time this process sees them, and again when
 * their name changed, so that a role row can point at every user who ever signed in.
 */
export function createAuthenticate(tokens: Tokens, directory: Directory): Authenticate {
  const knownNames = new Map<string, string>()

  async function introduce({ userId, name }: Identity): Promise<void> {
    if (knownNames.get(userId) === name) return
    await directory.ensureUser({ id: userId, name })
    // Delete first: a Map keeps the place of the first insertion, and the oldest must be the first to go.
    knownNames.delete(userId)
    knownNames.set(userId, name)
    const oldest = knownNames.keys().next()
    if (knownNames.size > REMEMBERED_USERS && !oldest.done) knownNames.delete(oldest.value)
  }

  return async (token) => {
    const answer = await tokens.verify(token)
    if (answer.ok) await introduce(answer)
    return answer
  }
}
