import { ClientError, type GivenRole, type Role } from '@tandem/client-sdk'
import { messageOf } from '../ui/message-of.ts'
import type { Words } from '../words/words.ts'

export const GIVEN_ROLES: readonly GivenRole[] = ['viewer', 'commenter', 'checker', 'editor', 'admin']

/** What somebody of this role may give: at most their own. */
export function rolesUpTo(role: Role | null): readonly GivenRole[] {
  if (role === null) return []
  return role === 'owner' ? GIVEN_ROLES : GIVEN_ROLES.slice(0, GIVEN_ROLES.indexOf(role) + 1)
}

/** Why something could not be done, as one sentence; the server's own where only it knows. */
export function faultWords(error: unknown, { faults }: Words['sharing'], language: string): string {
  if (!(error instanceof ClientError)) return messageOf(error)
  switch (error.code) {
    case 'network':
      return faults.network
    case 'not-allowed':
      return faults.notAllowed
    case 'wrong-password':
      return faults.wrongPassword
    case 'too-many-requests':
      return faults.tooMany(waitWords(error.retryAfterMs, language) ?? faults.inAWhile)
    case 'link-over':
      return `${error.message} ${faults.askForAnother}`
    default:
      return error.message
  }
}

function waitWords(ms: number | null, language: string): string | null {
  if (ms === null) return null
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always' })
  const seconds = Math.ceil(ms / 1_000)
  return seconds < 60 ? format.format(seconds, 'second') : format.format(Math.ceil(seconds / 60), 'minute')
}
