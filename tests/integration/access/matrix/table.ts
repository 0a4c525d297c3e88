import { randomUUID } from 'node:crypto'
import { ACTIONS, type Action, can, ROLES, type Role } from '@tandem/client-sdk/protocol'
import { hashToken, newLinkToken } from '../../../../server/src/auth/random-token.ts'
import { ask } from '../../http/ask.ts'
import { REST } from './rest-column.ts'
import { SOCKET } from './socket-column.ts'
import type { Column, Try } from './tries.ts'
import { ownerOf, type Seat, type World } from './world.ts'

/** How somebody comes by a role, and by what they use it. A new way in is a new line of `WAYS`. */
interface Way {
  readonly columns: readonly Column[]
  /** The roles it can give. */
  readonly roles: readonly (Role | null)[]
  enter(world: World, seat: Seat, role: GivenRole | null): Promise<void>
}

type GivenRole = Exclude<Role, 'owner'>

const EVERYBODY: readonly (Role | null)[] = [...ROLES, null]

export const WAYS: Readonly<Record<string, Way>> = {
  socket: { columns: [SOCKET], roles: EVERYBODY, enter: grant },
  rest: { columns: [REST], roles: EVERYBODY, enter: grant },
  link: { columns: [SOCKET, REST], roles: EVERYBODY.filter((role) => role !== 'owner'), enter: redeem },
}

export interface Cell {
  readonly way: string
  readonly role: Role | null
  readonly action: Action
  readonly what: string
  readonly editorsMayShare: boolean
  readonly isAllowed: boolean
  readonly try: Try
}

/** Every role × every action × every way in, as `can` has them. */
export function cells(): Cell[] {
  return Object.entries(WAYS).flatMap(([way, { columns, roles }]) =>
    columns.flatMap((column) =>
      ACTIONS.flatMap((action) => {
        const tries = column[action]
        if (typeof tries === 'string') return []
        // By a link one comes by a role and by nothing else: one of each kind will do.
        const some = Object.entries(tries).slice(0, way === 'link' ? 1 : undefined)
        return some.flatMap(([what, one]) =>
          roles.flatMap((role) =>
            settingsFor(action).map((editorsMayShare) => ({
              way,
              role,
              action,
              what,
              editorsMayShare,
              isAllowed: can(role, action, { editorsMayShare }) && !isOutOfReach(role, what),
              try: one,
            })),
          ),
        )
      }),
    ),
  )
}

/** Where the setting matters, both; elsewhere the default. */
function settingsFor(action: Action): readonly boolean[] {
  const matters = ROLES.some(
    (role) => can(role, action, { editorsMayShare: true }) !== can(role, action, { editorsMayShare: false }),
  )
  return matters ? [false, true] : [false]
}

/** Nobody gives themselves a role, and an owner's changes by handing the list over only. */
function isOutOfReach(role: Role | null, what: string): boolean {
  return what === 'raises themselves' && role === 'owner'
}

async function grant(world: World, seat: Seat, role: GivenRole | null): Promise<void> {
  if (role === null) return
  const { listId, userId } = seat
  const by = await ownerOf(world, seat)
  const given = await world.storage.grants.grant({ listId, userId, role, by, may: () => true })
  if (given.outcome !== 'granted') throw new Error(given.outcome)
}

/** By a link of that role; nobody's role is that of a link which was revoked. */
async function redeem(world: World, seat: Seat, role: GivenRole | null): Promise<void> {
  const { links } = world.storage
  const { listId, token } = seat
  const by = await ownerOf(world, seat)
  const secret = newLinkToken()
  const made = await links.create({
    id: randomUUID(),
    listId,
    role: role ?? 'admin',
    tokenHash: hashToken(secret),
    passwordHash: null,
    expiresAt: null,
    maxUses: null,
    by,
    may: () => true,
  })
  if (made.outcome !== 'created') throw new Error(made.outcome)
  if (role === null) await links.revoke({ listId, id: made.link.id, by, disconnect: true, may: () => true })
  const answer = await ask(`${world.server.url}/api/v1/links/redeem`, { json: { token: secret }, token })
  const isIn = answer.status === 200
  if (isIn !== (role !== null)) throw new Error(`redeem: ${answer.status} ${answer.text}`)
}
