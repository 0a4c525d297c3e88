import type { SharingState } from './people-ports.ts'
import type { StoredRole } from './ports.ts'

const order = ['viewer', 'commenter', 'checker', 'editor', 'admin', 'owner'] as const satisfies StoredRole[]

export function outranks(role: StoredRole, other: StoredRole): boolean {
  return order.indexOf(role) > order.indexOf(other)
}

/** Roles that may delete a list, and bring it back. */
export const restoringRoles = ['owner', 'admin'] as const satisfies StoredRole[]

export function mayDelete(role: StoredRole | null): boolean {
  return restoringRoles.some((one) => one === role)
}

/**
 * Whether an invitation or a link still counts: only while its maker could make it again.
 *
 * It is used when its maker is away, so the right to give cannot be asked of anybody then. A test holds this to the table of rights
 * that everybody else uses.
 */
export function couldStillGive(
  maker: Pick<SharingState, 'actor' | 'editorsMayShare'>,
  role: StoredRole,
): boolean {
  const { actor } = maker
  if (actor === null || role === 'owner' || outranks(role, actor)) return false
  return actor === 'owner' || actor === 'admin' || (actor === 'editor' && maker.editorsMayShare)
}
