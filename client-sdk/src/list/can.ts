import { ACTIONS, type Action, can, type SharingSettings } from '../protocol/can.ts'
import { ROLES, type Role } from '../protocol/messages.ts'
import type { Can } from './types.ts'

const NAMES: Readonly<Record<Action, keyof Can>> = {
  read: 'read',
  comment: 'comment',
  tick: 'tick',
  edit: 'edit',
  'resolve-comments': 'resolveComments',
  share: 'share',
  'manage-members': 'manageMembers',
  'change-settings': 'changeSettings',
  'delete-list': 'deleteList',
  transfer: 'transfer',
  leave: 'leave',
}

/** The table of rights for one role, as an app asks for it. */
function rowOf(role: Role | null, settings: SharingSettings): Can {
  const rights = ACTIONS.map((action) => [NAMES[action], can(role, action, settings)])
  return Object.freeze(Object.fromEntries(rights) as Record<keyof Can, boolean>)
}

const tableFor = (settings: SharingSettings): ReadonlyMap<Role, Can> =>
  new Map(ROLES.map((role) => [role, rowOf(role, settings)]))

// Made once: a snapshot is the same object until it says something else.
const IF_EDITORS_SHARE = tableFor({ editorsMayShare: true })
const OTHERWISE = tableFor({ editorsMayShare: false })
/** Nothing is enabled before anybody has said what the role is. */
const NOTHING = rowOf(null, { editorsMayShare: false })

export function canOf(role: Role | null, settings: SharingSettings | null = null): Can {
  const table = settings?.editorsMayShare === true ? IF_EDITORS_SHARE : OTHERWISE
  return role === null ? NOTHING : (table.get(role) ?? NOTHING)
}
