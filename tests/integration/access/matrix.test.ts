import { ACTIONS, ROLES } from '@tandem/client-sdk/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fewAtATime } from '../../../server/src/few-at-a-time.ts'
import { type Cell, cells, WAYS } from './matrix/table.ts'
import type { Outcome } from './matrix/tries.ts'
import { newSeat, openWorld, type Seat, type World } from './matrix/world.ts'

/**
 * Every role × every action × every way in, tried on the real server by programs that ignore what an app would grey out.
 *
 * All cells are tried, then the server is started anew on the same database, and what it serves then is looked at: what was
 * refused must not be there, and what was answered as done must be.
 */

interface Tried {
  readonly seat: Seat
  readonly outcome: Outcome | Error
  readonly head: number
}

const TABLE = cells()
const AT_ONCE = 8
const SETUP_MS = 240_000
/** The content that stands in every list before anybody tries anything. */
const FIRST_HEAD = 1

let world: World
const tried = new Map<Cell, Tried>()
const after = new Map<Cell, { readonly isThere: boolean; readonly head: number } | Error>()

beforeAll(async () => {
  world = await openWorld()
  await fewAtATime(AT_ONCE, TABLE, async (cell) => void tried.set(cell, await tryCell(cell)))
  await world.restart()
  await fewAtATime(AT_ONCE, TABLE, async (cell) => void after.set(cell, await lookAt(cell).catch(asError)))
}, SETUP_MS)

afterAll(() => world.end(), 60_000)

async function tryCell({ way, role, editorsMayShare, try: one }: Cell): Promise<Tried> {
  const seat = await newSeat(world, role, editorsMayShare)
  if (role !== 'owner') await WAYS[way]?.enter(world, seat, role)
  const outcome = await one.attempt(world, seat).catch(asError)
  return { seat, outcome, head: await world.storage.log.head(seat.listId) }
}

async function lookAt(cell: Cell): Promise<{ isThere: boolean; head: number }> {
  const seat = tried.get(cell)?.seat
  if (seat === undefined) throw new Error('Never tried.')
  const head = await world.storage.log.head(seat.listId)
  const { attempt, trace } = cell.try
  const isThere = trace === undefined ? (await attempt(world, seat)) === 'done' : await trace(world, seat)
  return { isThere, head }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

describe('the table of rights', () => {
  it('[ROLE-1][ROLE-6] has every action in some column, and says of every other column why not', () => {
    for (const { columns } of Object.values(WAYS)) {
      for (const column of columns) {
        for (const action of ACTIONS) expect(column[action], action).toBeTruthy()
      }
    }
    for (const action of ACTIONS) {
      const roles = TABLE.filter((cell) => cell.action === action).map(({ role }) => role)
      expect(new Set(roles), action).toEqual(new Set([...ROLES, null]))
    }
  })

  it('[ROLE-1] allows and forbids: neither half of the table is empty', () => {
    expect(TABLE.filter(({ isAllowed }) => isAllowed).length).toBeGreaterThan(100)
    expect(TABLE.filter(({ isAllowed }) => !isAllowed).length).toBeGreaterThan(100)
  })
})

describe.each(Object.keys(WAYS))('by %s', (way) => {
  const ofWay = TABLE.filter((cell) => cell.way === way)

  it.each(ofWay.map((cell) => [describeCell(cell), cell] as const))(
    '[ROLE-6][P-01][P-02][P-03][P-04][P-06][P-11][P-14] %s',
    (_, cell) => {
      const first = tried.get(cell)
      expect(first?.outcome).toBe(cell.isAllowed ? 'done' : 'refused')
      const later = after.get(cell)
      if (later === undefined || later instanceof Error) throw later ?? new Error('Never looked at.')
      expect(later.isThere).toBe(cell.isAllowed)
      if (!cell.isAllowed) expect([first?.head, later.head]).toEqual([FIRST_HEAD, FIRST_HEAD])
    },
  )
})

function describeCell({ role, action, what, editorsMayShare, isAllowed }: Cell): string {
  const who = role === null ? 'a stranger' : `a role of ${role}`
  const where = editorsMayShare ? ', where editors may share' : ''
  return `${who}${where}: ${what} (${action}): ${isAllowed ? 'done' : 'refused'}`
}
