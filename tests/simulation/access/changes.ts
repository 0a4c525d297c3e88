import type { ListId, Storage, StoredRole, UserId } from '@tandem/persistence'
import { mayGrant, mayLeave, mayRemove } from '../../../server/src/sharing/may.ts'
import type { SeededRandom } from '../../support/seed.ts'
import type { MortalNode } from '../mortal-node.ts'
import type { Seat, Witness } from './witness.ts'

export type ChangeKind =
  | 'revoke'
  | 'leave'
  | 'grant'
  | 'lower'
  | 'raise'
  | 'transfer'
  | 'delete'
  | 'restore'
  | 'hide'

type GivenRole = Exclude<StoredRole, 'owner'>

export interface PeopleNode extends MortalNode {
  readonly seat: Seat
  readonly died: Promise<void>
}

export interface Stage {
  readonly listId: ListId
  readonly people: readonly UserId[]
  readonly witness: Witness
  /** Of nobody's node: the same database. */
  readonly storage: Storage
  /** All that run just now. */
  nodes(): readonly PeopleNode[]
}

export type Change =
  | { readonly kind: 'revoke' | 'leave' | 'transfer' | 'hide'; readonly userId: UserId }
  | { readonly kind: 'grant' | 'lower' | 'raise'; readonly userId: UserId; readonly role: GivenRole }
  | { readonly kind: 'delete' | 'restore' }

const KINDS: readonly (readonly [ChangeKind, number])[] = [
  ['revoke', 22],
  ['leave', 3],
  ['grant', 24],
  ['lower', 20],
  ['raise', 16],
  ['transfer', 6],
  ['delete', 4],
  ['hide', 12],
]
const BAG = KINDS.flatMap(([kind, weight]) => Array.from({ length: weight }, () => kind))

/** Something that can be done to somebody's access as things stand; null: what was drawn cannot. */
export function drawChange({ witness, people }: Stage, random: SeededRandom): Change | null {
  const roleOf = (userId: UserId): StoredRole | null => witness.standing(userId).role
  if (people.every((userId) => roleOf(userId) === null)) return { kind: 'restore' }
  const kind = random.pick(BAG)
  if (kind === 'delete' || kind === 'restore') return { kind: 'delete' }
  const owner = witness.owner()
  const concerned = people.filter((userId) =>
    kind === 'hide'
      ? roleOf(userId) !== null
      : userId !== owner && (roleOf(userId) === null) === (kind === 'grant'),
  )
  if (concerned.length === 0) return null
  const userId = random.pick(concerned)
  if (kind === 'lower')
    return { kind, userId, role: random.pick(['viewer', 'commenter', 'checker'] as const) }
  if (kind === 'raise') return { kind, userId, role: random.pick(['editor', 'editor', 'admin'] as const) }
  if (kind === 'grant') {
    return {
      kind,
      userId,
      role: random.pick(['viewer', 'commenter', 'checker', 'editor', 'editor'] as const),
    }
  }
  return { kind, userId }
}

/** A server without its access messages looks everybody up this often. */
export const VERIFY_MS = 600
/** By then it has, also on a machine with little time for it. */
const SURELY_VERIFIED_MS = 5 * VERIFY_MS

/** Done on this node as its REST routes do it: write, tell every node, answer. True when something changed. */
export async function perform(stage: Stage, node: PeopleNode, change: Change): Promise<boolean> {
  const { witness, listId } = stage
  await witness.delay()
  if (!node.isAlive) return false
  const { answer, followedBy, toldTo, untold } = await witness.commit(() => write(stage, change))
  if (answer === false) return false
  await witness.delay()
  if (!node.isAlive) {
    untold(SURELY_VERIFIED_MS)
    return true
  }
  const others = stage.nodes().flatMap(({ seat }) => (seat === node.seat ? [] : [seat]))
  const following = answer.map((userId) =>
    userId === null ? node.hub.listAccessChanged(listId) : node.hub.accessChanged(listId, userId),
  )
  toldTo(others)
  await Promise.race([Promise.all(following), node.died])
  followedBy(node.seat)
  return true
}

/** Whose access changed, null for everybody's; false: it was not allowed, or changed nothing. */
async function write(
  { listId, witness, storage, people }: Stage,
  change: Change,
): Promise<(UserId | null)[] | false> {
  const { grants, directory } = storage
  const by = witness.owner()
  switch (change.kind) {
    case 'revoke':
    case 'leave': {
      const { userId } = change
      const how =
        change.kind === 'leave'
          ? ({ by: userId, why: 'left', may: mayLeave } as const)
          : ({ by, why: 'removed', may: mayRemove } as const)
      const { outcome } = await grants.revoke({ listId, userId, ...how })
      return outcome === 'revoked' && [userId]
    }
    case 'grant':
    case 'lower':
    case 'raise': {
      const { userId, role } = change
      const { outcome } = await grants.grant({ listId, userId, role, by, may: mayGrant(role) })
      return (outcome === 'granted' || outcome === 'changed') && [userId]
    }
    case 'transfer': {
      const { outcome } = await grants.transfer({ listId, to: change.userId, by })
      return outcome === 'transferred' && [change.userId, by]
    }
    case 'hide': {
      const { userId } = change
      const anonymous = witness.standing(userId).authorId === userId
      const { outcome } = await grants.setAnonymous({ listId, userId, anonymous })
      return outcome === 'set' && [userId]
    }
    case 'delete':
      return (await directory.deleteList(listId, by)) && [null]
    case 'restore':
      return people.length > 0 && (await directory.restoreList(listId, by)) && [null]
  }
}
