import { newAnonymousId } from '../anonymous-id.ts'
import type { Grants } from '../people-ports.ts'
import { note } from './audit.ts'
import type { MemoryCluster } from './cluster.ts'
import { endGrant, giveGrant } from './grant-writes.ts'
import { allowed, anonymousIdOf, grantOf, lastGrantOf, membersOf, nameIn } from './sharing.ts'

export function createMemoryGrants(cluster: MemoryCluster): Grants {
  return {
    members: async (listId) => {
      const list = cluster.lists.get(listId)
      return list === undefined ? [] : membersOf(cluster, list)
    },
    grant: async ({ listId, userId, role, by, linkId, may }) => {
      const state = allowed(cluster, { listId, by, about: userId, may })
      if (state.outcome !== 'allowed') return state
      if (state.target === 'owner') return { outcome: 'is-owner' }
      if (!cluster.users.has(userId)) return { outcome: 'no-such-user' }
      return giveGrant(cluster, state.list, { userId, role, by, linkId: linkId ?? null })
    },
    revoke: async ({ listId, userId, by, why, may }) => {
      const state = allowed(cluster, { listId, by, about: userId, may })
      if (state.outcome !== 'allowed') return state
      const grant = grantOf(state.list, userId)
      if (grant === null) return { outcome: 'no-such-member' }
      if (grant.role === 'owner') return { outcome: 'is-owner' }
      endGrant(cluster, state.list, { grant, by, why })
      const invited = membersOf(cluster, state.list).filter((one) => one.grantedBy === userId)
      return { outcome: 'revoked', invited }
    },
    transfer: async ({ listId, to, by }) => {
      const state = allowed(cluster, { listId, by, about: to, may: ({ actor }) => actor === 'owner' })
      if (state.outcome === 'is-owner') return { outcome: 'not-allowed' }
      if (state.outcome !== 'allowed') return state
      const { list } = state
      const [old, next] = [grantOf(list, by), grantOf(list, to)]
      if (old === null || next === null) return { outcome: 'no-such-member' }
      if (next.role === 'owner') return { outcome: 'is-owner' }
      const from = next.role
      Object.assign(old, { role: 'admin', linkId: null, decided: cluster.nextOrder() })
      Object.assign(next, { role: 'owner', linkId: null, decided: cluster.nextOrder() })
      list.ownerId = to
      note(cluster, { action: 'grant.transferred', actorId: by, listId, subjectId: to, detail: { from } })
      return { outcome: 'transferred' }
    },
    ended: async (listId, userId) => {
      const list = cluster.lists.get(listId)
      const grant = list === undefined ? null : lastGrantOf(list, userId)
      if (list === undefined || grant === null) return null
      const end =
        grant.ended ?? (list.deleted === null ? null : { why: 'list-deleted' as const, ...list.deleted })
      if (end === null) return null
      return { why: end.why, byName: nameIn(cluster, list, end.by), title: list.title, at: end.at }
    },
    setAnonymous: async ({ listId, userId, anonymous }) => {
      const state = allowed(cluster, { listId, by: userId, may: () => true })
      if (state.outcome !== 'allowed') return state
      const grant = grantOf(state.list, userId)
      if (grant === null) return { outcome: 'no-such-member' }
      if (grant.isAnonymous !== anonymous) {
        grant.isAnonymous = anonymous
        grant.anonymousId ??= newAnonymousId()
        note(cluster, { action: 'settings.changed', actorId: userId, listId, detail: { anonymous } })
      }
      return { outcome: 'set', anonymousId: anonymousIdOf(grant) }
    },
    unnamed: async (listId) => {
      const found = new Map()
      const list = cluster.lists.get(listId)
      for (const { userId } of list?.grants ?? []) {
        const anonymousId = list === undefined ? null : anonymousIdOf(lastGrantOf(list, userId))
        if (anonymousId !== null) found.set(userId, anonymousId)
      }
      return found
    },
    setEditorsMayShare: async ({ listId, by, allowed: editorsMayShare, may }) => {
      const state = allowed(cluster, { listId, by, may })
      if (state.outcome !== 'allowed') return state
      if (state.editorsMayShare !== editorsMayShare) {
        state.list.editorsMayShare = editorsMayShare
        note(cluster, { action: 'settings.changed', actorId: by, listId, detail: { editorsMayShare } })
      }
      return { outcome: 'set' }
    },
  }
}
