import type { Role } from '../protocol/messages.ts'
import { ROLES } from '../protocol/messages.ts'
import type { Can } from './types.ts'

/** What an operation needs the role for. */
export type Right = 'tick' | 'edit' | 'comment'

const at = (role: Role): number => ROLES.indexOf(role)
// As the server's gate has it: commenters and checkers may not change anything yet. An SDK that allowed more would
// let people make edits that end in the inbox.
const can = (role: Role): Can =>
  Object.freeze({
    comment: at(role) >= at('editor'),
    tick: at(role) >= at('editor'),
    edit: at(role) >= at('editor'),
    share: at(role) >= at('admin'),
  })

const TABLE: Readonly<Record<Role, Can>> = {
  viewer: can('viewer'),
  commenter: can('commenter'),
  checker: can('checker'),
  editor: can('editor'),
  admin: can('admin'),
  owner: can('owner'),
}

/** Nothing is enabled before anybody has said what the role is. */
const NOTHING: Can = Object.freeze({ comment: false, tick: false, edit: false, share: false })

export function canOf(role: Role | null): Can {
  return role === null ? NOTHING : TABLE[role]
}
