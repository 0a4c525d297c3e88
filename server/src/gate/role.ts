import type { Place } from '@tandem/client-sdk/model'
import type { Role } from '@tandem/client-sdk/protocol'

const nothing = (_place: Place): boolean => false
const everything = (_place: Place): boolean => true

/** Who may change what. A full table, so that a new role cannot be forgotten. */
const CHANGES: Readonly<Record<Role, (place: Place) => boolean>> = {
  viewer: nothing,
  commenter: nothing,
  checker: nothing,
  editor: everything,
  admin: everything,
  owner: everything,
}

export function mayChange(role: Role, place: Place): boolean {
  return CHANGES[role](place)
}
