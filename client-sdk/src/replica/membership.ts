import { mayWrite, type SharingSettings } from '../protocol/can.ts'
import type { Role, ServerMessage } from '../protocol/messages.ts'
import { cell } from './cell.ts'

/** Somebody gave this person another role while they had the list open. */
export interface RoleChange {
  readonly role: Role
  /** Null: whoever did it is not named to this person. */
  readonly byName: string | null
}

/** What the server said of this person in this list; nulls before it has said anything. */
export interface Membership {
  readonly role: Role | null
  /** Under which id their edits stand in this list. */
  readonly authorId: string | null
  readonly settings: SharingSettings | null
  readonly lastChange: RoleChange | null
}

const UNKNOWN: Membership = Object.freeze({ role: null, authorId: null, settings: null, lastChange: null })

export type ListMembership = ReturnType<typeof createMembership>

/** Follows what the server says of this person's place in one list, from its first "welcome" on. */
export function createMembership() {
  const current = cell<Membership>(UNKNOWN)
  return {
    getSnapshot: () => current.getSnapshot(),
    subscribe: (onChange: () => void) => current.subscribe(onChange),
    hear: ({
      role,
      userId,
      authorId = userId,
      ...said
    }: Extract<ServerMessage, { type: 'welcome' }>): void => {
      const before = current.getSnapshot()
      const isChange = said.changedBy !== undefined && before.role !== role
      const lastChange = isChange
        ? Object.freeze({ role, byName: said.changedBy ?? null })
        : before.lastChange
      const settings = said.settings ?? before.settings
      const next = Object.freeze({ role, authorId, settings, lastChange })
      if (JSON.stringify(next) !== JSON.stringify(before)) current.set(next)
    },
    /** False for somebody who may write nothing at all; not before it is known. */
    mayWrite: (): boolean => {
      const { role } = current.getSnapshot()
      return role === null || mayWrite(role)
    },
    /** Access has ended: what was said holds no more. */
    clear: () => current.set(UNKNOWN),
  }
}
