import type { Grants, ListId, Member, UserId } from '@tandem/persistence'

/** A person as others see them in one list. */
export interface Shown {
  readonly userId: string
  readonly name: string
}

export const ANONYMOUS = 'Anonymous'

/**
 * Who is who in one list, for everybody's eyes. Whoever asked not to be named is an id of this list and "Anonymous", to the owner
 * as well; nothing that leaves the server about a list names a person by any other way than this.
 *
 * INVARIANTS
 * - The real id, the name and the address of somebody unnamed are in no answer, also after their access ended.
 * - An unnamed member can be addressed by the id they go by, and is not found by their real one.
 */
export interface Masks {
  readonly members: readonly Member[]
  /** The id others see. */
  idOf(userId: UserId): string
  /** Null when nothing is known about them that may be shown. */
  shown(userId: UserId): Shown | null
  /** Who is meant by an id that somebody sent; an id that nobody goes by is taken for a person's own. */
  meant(shownId: string): UserId | 'nobody'
}

export async function masksOf(grants: Pick<Grants, 'members' | 'unnamed'>, listId: ListId): Promise<Masks> {
  const [members, unnamed] = await Promise.all([grants.members(listId), grants.unnamed(listId)])
  return masks(members, unnamed)
}

export function masks(members: readonly Member[], unnamed: ReadonlyMap<UserId, string>): Masks {
  const hidden = new Map(unnamed)
  // What a member wants now counts, and not what they wanted when they were here before.
  for (const { userId, anonymousId } of members) {
    if (anonymousId === null) hidden.delete(userId)
    else hidden.set(userId, anonymousId)
  }
  const names = new Map(members.map(({ userId, name }) => [userId, name]))
  const behind = new Map([...hidden].map(([userId, id]) => [id, userId]))

  return {
    members,
    idOf: (userId) => hidden.get(userId) ?? userId,
    shown(userId) {
      const id = hidden.get(userId)
      if (id !== undefined) return { userId: id, name: ANONYMOUS }
      const name = names.get(userId)
      return name === undefined ? null : { userId, name }
    },
    meant(shownId) {
      const real = behind.get(shownId)
      if (real !== undefined) return real
      return hidden.has(shownId as UserId) ? 'nobody' : (shownId as UserId)
    },
  }
}
