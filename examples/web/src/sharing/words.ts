import { ClientError, type GivenRole, type Role } from '@tandem/client-sdk'

/** Roles in the words of somebody who has never heard of roles. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  viewer: 'can look',
  commenter: 'can comment',
  checker: 'can tick',
  editor: 'can edit',
  admin: 'can edit and manage people',
  owner: 'owner',
}

export const GIVEN_ROLES: readonly GivenRole[] = ['viewer', 'commenter', 'checker', 'editor', 'admin']

/** What somebody of this role may give: at most their own. */
export function rolesUpTo(role: Role | null): readonly GivenRole[] {
  if (role === null) return []
  return role === 'owner' ? GIVEN_ROLES : GIVEN_ROLES.slice(0, GIVEN_ROLES.indexOf(role) + 1)
}

/** Why something could not be done, as one sentence. */
export function faultWords(error: unknown): string {
  if (error instanceof ClientError && error.code === 'network')
    return 'The server cannot be reached. Sharing needs a connection.'
  return error instanceof Error ? error.message : String(error)
}
