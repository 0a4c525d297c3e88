import { type Fields, fieldsOf, numberOf, textOf, timeOf } from '../client/fields.ts'
import { ROLES, type Role } from '../protocol/messages.ts'
import type {
  DeletedList,
  GivenRole,
  Invitation,
  InvitedPerson,
  LinkPreview,
  Member,
  Person,
  ShareLink,
} from './types.ts'

// Null is "not the answer that was asked for"; what a later server says beside it is left out.

export function parseMembers(json: unknown): readonly Member[] | null {
  return parseAll(json, 'members', (one): Member | null => {
    const role = roleOf(one['role'])
    const person = parsePerson(one)
    if (role === null || person === null) return null
    return Object.freeze({
      ...person,
      role,
      joinedAt: timeOf(one['joinedAt']) ?? 0,
      invitedBy: parsePerson(one['invitedBy']),
      isAnonymous: one['isAnonymous'] === true,
      isYou: one['isYou'] === true,
      viaLink: one['viaLink'] === true,
      email: textOf(one['email']),
    })
  })
}

export function parseInvited(json: unknown): readonly InvitedPerson[] | null {
  return parseAll(json, 'invited', (one) => {
    const role = roleOf(one['role'])
    const person = parsePerson(one)
    return role === null || person === null ? null : Object.freeze({ ...person, role })
  })
}

export function parseInvitations(json: unknown): readonly Invitation[] | null {
  return parseAll(json, 'invitations', (one): Invitation | null => {
    const id = textOf(one['id'])
    const role = givenOf(one['role'])
    if (id === null || role === null) return null
    return Object.freeze({
      id,
      role,
      email: textOf(one['email']),
      userId: textOf(one['userId']),
      invitedBy: parsePerson(one['invitedBy']),
      expiresAt: timeOf(one['expiresAt']),
    })
  })
}

export function parseLinks(json: unknown): readonly ShareLink[] | null {
  return parseAll(json, 'links', (one): ShareLink | null => {
    const id = textOf(one['id'])
    const role = givenOf(one['role'])
    if (id === null || role === null) return null
    return Object.freeze({
      id,
      role,
      createdBy: parsePerson(one['createdBy']),
      createdAt: timeOf(one['createdAt']),
      expiresAt: timeOf(one['expiresAt']),
      maxUses: numberOf(one['maxUses']),
      uses: numberOf(one['uses']) ?? 0,
      hasPassword: one['hasPassword'] === true,
    })
  })
}

export function parseNewLink(json: unknown): { readonly id: string; readonly url: string } | null {
  const one = fieldsOf(json)
  const id = textOf(one['id'])
  const url = textOf(one['url'])
  return id === null || url === null ? null : { id, url }
}

export function parsePreview(json: unknown): LinkPreview | null {
  const one = fieldsOf(json)
  const role = givenOf(one['role'])
  const { title, invitedBy } = one
  if (role === null || typeof title !== 'string') return null
  return Object.freeze({
    title,
    role,
    invitedBy: textOf(invitedBy) ?? parsePerson(invitedBy)?.name ?? null,
    needsPassword: one['needsPassword'] === true,
    expiresAt: timeOf(one['expiresAt']),
  })
}

export function parseDeleted(json: unknown): readonly DeletedList[] | null {
  return parseAll(json, 'lists', (one): DeletedList | null => {
    const id = textOf(one['id'])
    const { title } = one
    if (id === null || typeof title !== 'string') return null
    return Object.freeze({ id, title, deletedAt: timeOf(one['deletedAt']) })
  })
}

/** For answers that say nothing beyond their status. */
export function parseNothing(): true {
  return true
}

function parsePerson(json: unknown): Person | null {
  const { userId, name } = fieldsOf(json)
  if (typeof userId !== 'string' || typeof name !== 'string') return null
  return Object.freeze({ userId, name })
}

function roleOf(value: unknown): Role | null {
  return ROLES.find((role) => role === value) ?? null
}

function givenOf(value: unknown): GivenRole | null {
  const role = roleOf(value)
  return role === 'owner' ? null : role
}

/** One that cannot be read is left out: a role this version does not know must not hide everybody else. */
function parseAll<T>(json: unknown, name: string, parse: (one: Fields) => T | null): readonly T[] | null {
  const all = fieldsOf(json)[name]
  if (!Array.isArray(all)) return null
  return Object.freeze(all.map((one) => parse(fieldsOf(one))).filter((one) => one !== null))
}
