import { newAnonymousId } from '../anonymous-id.ts'
import type { Grants } from '../people-ports.ts'
import type { StoredRole } from '../ports.ts'
import { isUuid } from '../uuid.ts'
import { recordAudit } from './audit.ts'
import type { Database } from './database.ts'
import { endedAccess } from './ended-access.ts'
import { changeGrant, endGrant, giveGrant, isKnown } from './grant-writes.ts'
import { invitedBy, memberOf, membersOf, unnamedIn } from './member-rows.ts'
import { allowed } from './sharing-state.ts'

export function createGrants(database: Database): Grants {
  return {
    members: async (listId) => (isUuid(listId) ? membersOf(database, listId) : []),

    grant: ({ listId, userId, role, by, linkId, may }) =>
      database.transaction(async (transaction) => {
        const state = await allowed(transaction, { listId, by, about: userId, may })
        if (state.outcome !== 'allowed') return state
        if (state.target === 'owner') return { outcome: 'is-owner' }
        if (!(await isKnown(transaction, userId))) return { outcome: 'no-such-user' }
        return giveGrant(transaction, { listId, userId, role, by, linkId: linkId ?? null, was: state.target })
      }),

    revoke: ({ listId, userId, by, why, may }) =>
      database.transaction(async (transaction) => {
        const state = await allowed(transaction, { listId, by, about: userId, may })
        if (state.outcome !== 'allowed') return state
        if (state.target === null) return { outcome: 'no-such-member' }
        if (state.target === 'owner') return { outcome: 'is-owner' }
        await endGrant(transaction, { listId, userId, by, why, was: state.target })
        return { outcome: 'revoked', invited: await invitedBy(transaction, listId, userId) }
      }),

    transfer: ({ listId, to, by }) =>
      database.transaction(async (transaction) => {
        const may = ({ actor }: { actor: StoredRole | null }): boolean => actor === 'owner'
        const state = await allowed(transaction, { listId, by, about: to, may })
        if (state.outcome === 'is-owner') return { outcome: 'not-allowed' }
        if (state.outcome !== 'allowed') return state
        if (state.target === null) return { outcome: 'no-such-member' }
        if (state.target === 'owner') return { outcome: 'is-owner' }
        // In this order: the database refuses a second owner, even for a moment.
        await changeGrant(transaction, { listId, userId: by, role: 'admin', linkId: null })
        await changeGrant(transaction, { listId, userId: to, role: 'owner', linkId: null })
        await transaction.query({
          name: 'tandem-owner-1',
          text: 'UPDATE lists SET owner_id = $2 WHERE id = $1',
          values: [listId, to],
        })
        await recordAudit(transaction, {
          action: 'grant.transferred',
          actorId: by,
          listId,
          subjectId: to,
          detail: { from: state.target },
        })
        return { outcome: 'transferred' }
      }),

    ended: async (listId, userId) => (isUuid(listId) ? endedAccess(database, listId, userId) : null),

    setAnonymous: ({ listId, userId, anonymous }) =>
      database.transaction(async (transaction) => {
        const state = await allowed(transaction, { listId, by: userId, may: () => true })
        if (state.outcome !== 'allowed') return state
        const before = await memberOf(transaction, listId, userId)
        if (before === null) return { outcome: 'no-such-member' }
        if ((before.anonymousId !== null) === anonymous) {
          return { outcome: 'set', anonymousId: before.anonymousId }
        }
        const { rows } = await transaction.query<{ anonymous_id: string }>({
          name: 'tandem-anonymous-1',
          text: `UPDATE share_grants SET is_anonymous = $3, anonymous_id = coalesce(anonymous_id, $4)
                 WHERE list_id = $1 AND grantee_id = $2 AND revoked_at IS NULL RETURNING anonymous_id`,
          values: [listId, userId, anonymous, newAnonymousId()],
        })
        const detail = { anonymous }
        await recordAudit(transaction, { action: 'settings.changed', actorId: userId, listId, detail })
        return { outcome: 'set', anonymousId: anonymous ? (rows[0]?.anonymous_id ?? null) : null }
      }),

    unnamed: async (listId) => (isUuid(listId) ? unnamedIn(database, listId) : new Map()),

    setEditorsMayShare: ({ listId, by, allowed: editorsMayShare, may }) =>
      database.transaction(async (transaction) => {
        const state = await allowed(transaction, { listId, by, may })
        if (state.outcome !== 'allowed') return state
        if (state.editorsMayShare === editorsMayShare) return { outcome: 'set' }
        await transaction.query({
          name: 'tandem-editors-1',
          text: 'UPDATE lists SET editors_may_share = $2 WHERE id = $1',
          values: [listId, editorsMayShare],
        })
        const detail = { editorsMayShare }
        await recordAudit(transaction, { action: 'settings.changed', actorId: by, listId, detail })
        return { outcome: 'set' }
      }),
  }
}
