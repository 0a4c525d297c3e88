import type { Role } from './messages.ts'

/** Everything a person may or may not do with a list, wherever they ask: socket, REST, link, app. */
export const ACTIONS = [
  'read',
  'comment',
  'tick',
  'edit',
  'resolve-comments',
  'share',
  'manage-members',
  'change-settings',
  'delete-list',
  'transfer',
  'leave',
] as const
export type Action = (typeof ACTIONS)[number]

/** What the list's people have agreed on, beside everybody's role. */
export interface SharingSettings {
  /** Editors may invite and make links, up to their own role. Default off. */
  readonly editorsMayShare: boolean
}

/**
 * The one table of rights. `if-editors-share`: as the list's setting says.
 *
 * The order of roles compares who outranks whom. It is not inclusion: a checker ticks and does nothing else, so that a shopping
 * helper cannot start a discussion, and a commenter does not tick.
 */
const TABLE: Readonly<Record<Role, Readonly<Record<Action, boolean | 'if-editors-share'>>>> = {
  viewer: row({ read: true, leave: true }),
  commenter: row({ read: true, comment: true, leave: true }),
  checker: row({ read: true, tick: true, leave: true }),
  editor: row({
    read: true,
    comment: true,
    tick: true,
    edit: true,
    'resolve-comments': true,
    share: 'if-editors-share',
    leave: true,
  }),
  admin: row({
    read: true,
    comment: true,
    tick: true,
    edit: true,
    'resolve-comments': true,
    share: true,
    'manage-members': true,
    'change-settings': true,
    'delete-list': true,
    leave: true,
  }),
  // An owner cannot leave: a list always has one. They transfer it first, or delete it.
  owner: row({
    read: true,
    comment: true,
    tick: true,
    edit: true,
    'resolve-comments': true,
    share: true,
    'manage-members': true,
    'change-settings': true,
    'delete-list': true,
    transfer: true,
  }),
}

const NO_SETTINGS: SharingSettings = { editorsMayShare: false }

/** Whether this role may do that. Null, somebody without a role, may do nothing. */
export function can(role: Role | null, action: Action, settings: SharingSettings = NO_SETTINGS): boolean {
  if (role === null) return false
  const right = TABLE[role][action]
  return right === 'if-editors-share' ? settings.editorsMayShare : right
}

/** Whether any edit of this role can pass the gate at all; the gate decides which. */
export function mayWrite(role: Role): boolean {
  return can(role, 'edit') || can(role, 'tick') || can(role, 'comment')
}

function row(
  granted: Partial<Record<Action, boolean | 'if-editors-share'>>,
): Record<Action, boolean | 'if-editors-share'> {
  const none = Object.fromEntries(ACTIONS.map((action) => [action, false])) as Record<Action, false>
  return { ...none, ...granted }
}
