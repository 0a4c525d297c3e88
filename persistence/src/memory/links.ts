import { couldStillGive } from '../giving.ts'
import type { LinkEnd, Links, ShareLink } from '../people-ports.ts'
import { note } from './audit.ts'
import type { MemoryCluster, MemoryList } from './cluster.ts'
import { endGrant, giveGrant } from './grant-writes.ts'
import type { MemoryLink } from './people-rows.ts'
import { admission, allowed, grantOf, member, nameIn, roleOf } from './sharing.ts'

export function createMemoryLinks(cluster: MemoryCluster): Links {
  const faultOf = (list: MemoryList, link: MemoryLink): LinkEnd | null => {
    if (link.isRevoked) return 'revoked'
    if (link.expiresAt !== null && link.expiresAt <= cluster.environment.now()) return 'expired'
    if (link.maxUses !== null && link.uses >= link.maxUses) return 'used-up'
    const maker = { actor: roleOf(list, link.createdBy), editorsMayShare: list.editorsMayShare }
    return couldStillGive(maker, link.role) ? null : 'revoked'
  }
  const search = (isIt: (link: MemoryLink) => boolean): { list: MemoryList; link: MemoryLink } | null => {
    for (const list of cluster.lists.values()) {
      const link = [...list.links.values()].find(isIt)
      if (link !== undefined && list.deleted === null) return { list, link }
    }
    return null
  }

  return {
    create: async ({ listId, by, may, ...wanted }) => {
      const state = allowed(cluster, { listId, by, may })
      if (state.outcome !== 'allowed') return state
      const [createdAt, order] = [cluster.environment.now(), cluster.nextOrder()]
      const made = { listId, createdBy: by, createdAt, order, uses: 0, isRevoked: false }
      const link: MemoryLink = { ...wanted, ...made, tokenHash: wanted.tokenHash.slice() }
      state.list.links.set(link.id, link)
      const { id, role, expiresAt, maxUses } = link
      const detail = { id, role, expiresAt, maxUses, hasPassword: link.passwordHash !== null }
      note(cluster, { action: 'link.made', actorId: by, listId, detail })
      return { outcome: 'created', link: present(link) }
    },
    of: async (listId) =>
      [...(cluster.lists.get(listId)?.links.values() ?? [])].filter((link) => !link.isRevoked).map(present),
    find: async (tokenHash) => {
      const found = search((link) => Buffer.compare(link.tokenHash, tokenHash) === 0)
      if (found === null) return { outcome: 'no-such-link' }
      const { list, link } = found
      const fault = faultOf(list, link)
      if (fault !== null) return { outcome: fault, link: present(link) }
      const { title } = list
      const invitedBy = nameIn(cluster, list, link.createdBy)
      return { outcome: 'found', link: present(link), title, passwordHash: link.passwordHash, invitedBy }
    },
    redeem: async ({ linkId, userId }) => {
      const found = search(({ id }) => id === linkId)
      if (found === null) return { outcome: 'no-such-link' }
      const { list, link } = found
      const { role, order, createdBy: by } = link
      const admitted = admission(list, { userId, role, order })
      const grant = grantOf(list, userId)
      const fault = faultOf(list, link)
      if (grant !== null && (admitted === 'keep' || fault !== null)) {
        return { outcome: 'already-member', member: member(cluster, list, grant) }
      }
      if (fault !== null) return { outcome: fault }
      if (admitted === 'removed') return { outcome: 'removed' }
      link.uses += 1
      const standsOn = grant !== null && grant.linkId === null ? null : linkId
      const redeemed = { action: 'link.redeemed', actorId: userId, detail: { linkId } }
      const given = giveGrant(cluster, list, { userId, role, by, linkId: standsOn, note: redeemed })
      return { outcome: 'joined', member: given.member }
    },
    revoke: async ({ listId, id, by, disconnect, may }) => {
      const state = allowed(cluster, { listId, by, may })
      if (state.outcome !== 'allowed') return state
      const { list } = state
      const link = list.links.get(id)
      if (link === undefined) return { outcome: 'no-such-link' }
      if (!link.isRevoked) {
        link.isRevoked = true
        note(cluster, { action: 'link.revoked', actorId: by, listId, detail: { id, disconnect } })
      }
      const standing = list.grants.filter((grant) => grant.ended === null && grant.linkId === id)
      const ended = disconnect ? standing : []
      for (const grant of ended) endGrant(cluster, list, { grant, by, why: 'link-revoked' })
      return { outcome: 'revoked', ended: ended.map((grant) => grant.userId) }
    },
  }
}

function present(link: MemoryLink): ShareLink {
  const { id, listId, role, createdBy, createdAt, expiresAt, maxUses, uses, passwordHash } = link
  const hasPassword = passwordHash !== null
  return { id, listId, role, createdBy, createdAt, expiresAt, maxUses, uses, hasPassword }
}
