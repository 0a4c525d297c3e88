import { couldStillGive } from '../giving.ts'
import type { Invitation, Invitations } from '../people-ports.ts'
import type { UserId } from '../ports.ts'
import { note } from './audit.ts'
import type { MemoryCluster, MemoryList } from './cluster.ts'
import { giveGrant } from './grant-writes.ts'
import type { MemoryInvitation } from './people-rows.ts'
import { admission, allowed, isSameEmail, roleOf, userByEmail } from './sharing.ts'

export function createMemoryInvitations(cluster: MemoryCluster): Invitations {
  const isWaiting = ({ expiresAt }: Invitation): boolean => expiresAt > cluster.environment.now()

  const accept = (list: MemoryList, waiting: MemoryInvitation, userId: UserId): boolean => {
    list.invitations.delete(waiting.id)
    const { id, role, invitedBy: by, order } = waiting
    const maker = { actor: roleOf(list, by), editorsMayShare: list.editorsMayShare }
    if (!couldStillGive(maker, role)) return false
    const admitted = admission(list, { userId, role, order })
    if (admitted === 'keep' || admitted === 'removed') return false
    const detail = { id, invitedBy: by }
    const accepted = { action: 'invitation.accepted', actorId: userId, detail }
    giveGrant(cluster, list, { userId, role, by, linkId: null, note: accepted })
    return true
  }

  return {
    invite: async ({ id, listId, role, to, by, expiresAt, may }) => {
      const [email, userId] = 'email' in to ? [to.email, null] : [null, to.userId]
      const known = email === null ? cluster.users.get(userId as UserId) : userByEmail(cluster, email)
      const state = allowed(cluster, { listId, by, about: known?.id ?? userId, may })
      if (state.outcome !== 'allowed') return state
      if (state.target === 'owner') return { outcome: 'is-owner' }
      const { list } = state
      if (known != null) return giveGrant(cluster, list, { userId: known.id, role, by, linkId: null })
      const before = [...list.invitations.values()].find(
        (one) => (userId !== null && one.userId === userId) || isSameEmail(one.email, email),
      )
      const [createdAt, order] = [cluster.environment.now(), cluster.nextOrder()]
      const renewed = { listId, role, invitedBy: by, createdAt, expiresAt, order }
      const made = before === undefined ? { id, email, userId, ...renewed } : { ...before, ...renewed }
      list.invitations.set(made.id, made)
      const detail = { id: made.id, role }
      note(cluster, { action: 'invitation.made', actorId: by, listId, subjectId: userId, detail })
      return { outcome: 'waiting', invitation: present(made) }
    },
    waiting: async (listId) =>
      [...(cluster.lists.get(listId)?.invitations.values() ?? [])]
        .filter(isWaiting)
        .sort((a, b) => a.order - b.order)
        .map(present),
    withdraw: async ({ listId, id, by, may }) => {
      const state = allowed(cluster, { listId, by, may })
      if (state.outcome !== 'allowed') return state
      const found = state.list.invitations.get(id)
      if (found === undefined) return { outcome: 'no-such-invitation' }
      state.list.invitations.delete(id)
      const { userId: subjectId } = found
      note(cluster, { action: 'invitation.withdrawn', actorId: by, listId, subjectId, detail: { id } })
      return { outcome: 'withdrawn' }
    },
    arrived: async ({ userId, verifiedEmail }) => {
      const isForThem = (one: Invitation): boolean =>
        one.userId === userId || isSameEmail(one.email, verifiedEmail)
      const lists = [...cluster.lists.values()].filter((list) => list.deleted === null)
      return lists.flatMap((list) => {
        const theirs = [...list.invitations.values()].filter((one) => isForThem(one) && isWaiting(one))
        return theirs.map((one) => accept(list, one, userId)).includes(true) ? [list.id] : []
      })
    },
  }
}

function present({ order: _, ...invitation }: MemoryInvitation): Invitation {
  return invitation
}
