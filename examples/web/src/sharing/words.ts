import { ClientError, type GivenRole, type Role } from '@tandem/client-sdk'

/** Roles in the words of somebody who has never heard of roles. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  viewer: 'can look',
  commenter: 'can comment',
  checker: 'can tick',
  editor: 'can edit',
  admin: 'can manage people',
  owner: 'owner',
}

/** The same to the person themselves, after "You". */
export const MAY_WORDS: Readonly<Record<Role, string>> = {
  viewer: 'can look at it',
  commenter: 'can look at it and comment',
  checker: 'can tick things off',
  editor: 'can edit it',
  admin: 'can edit it and manage its people',
  owner: 'own it',
}

export const GIVEN_ROLES: readonly GivenRole[] = ['viewer', 'commenter', 'checker', 'editor', 'admin']

/** What somebody of this role may give: at most their own. */
export function rolesUpTo(role: Role | null): readonly GivenRole[] {
  if (role === null) return []
  return role === 'owner' ? GIVEN_ROLES : GIVEN_ROLES.slice(0, GIVEN_ROLES.indexOf(role) + 1)
}

/** Why something could not be done, as one sentence. */
export function faultWords(error: unknown): string {
  if (!(error instanceof ClientError)) return error instanceof Error ? error.message : String(error)
  if (error.code === 'network') return 'The server cannot be reached. This needs a connection.'
  if (error.code === 'too-many-requests') return `Too many tries. Try again ${waitWords(error.retryAfterMs)}.`
  if (error.code === 'link-over') return `${error.message} Ask whoever sent you the link for another.`
  return error.message
}

function waitWords(ms: number | null): string {
  if (ms === null) return 'in a while'
  const seconds = Math.ceil(ms / 1_000)
  if (seconds < 60) return seconds === 1 ? 'in a second' : `in ${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? 'in a minute' : `in ${minutes} minutes`
}
