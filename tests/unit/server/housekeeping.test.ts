import { describe, expect, it } from 'vitest'
import { type HousekeepingDeps, startHousekeeping } from '../../../server/src/housekeeping.ts'
import { manualClock } from './manual-clock.ts'

const DAY_MS = 86_400_000

type Asked = {
  readonly lists: Date
  readonly answers: Date
  readonly sessions: Date
  readonly invitations: Date
}

function house(purge: (before: Date) => Promise<number> = async () => 0) {
  const clock = manualClock()
  const runs: Asked[] = []
  const said: string[] = []
  let lists = new Date(0)
  const storage = {
    directory: {
      purgeLists: (before: Date) => {
        lists = before
        return purge(before)
      },
    },
    tidy: async (before: Omit<Asked, 'lists'>) => {
      runs.push({ lists, ...before })
      return { answers: 0, sessions: 0, invitations: 0 }
    },
  }
  const say = (_fields: object, event: string) => void said.push(event)
  const logger = { info: say, warn: say }
  const deps = { storage, clock, logger, tokenDays: 365 } as unknown as HousekeepingDeps
  return { clock, runs, said, stop: startHousekeeping(deps) }
}

const daysBefore = (now: number, then: Date) => (now - then.getTime()) / DAY_MS

describe('housekeeping', () => {
  it('[GUARD-1][B-23] runs soon after the start and every day, and lists go 30 days after they were deleted', async () => {
    const { clock, runs, said } = house()
    await clock.pass(59_000)
    expect(runs).toEqual([])
    await clock.pass(1_000)
    expect(runs).toHaveLength(1)
    const [run] = runs
    if (run === undefined) throw new Error('a run')
    expect(daysBefore(clock.now(), run.lists)).toBe(30)
    expect(daysBefore(clock.now(), run.invitations)).toBe(0)
    await clock.pass(DAY_MS - 1)
    expect(runs).toHaveLength(1)
    await clock.pass(1)
    expect(runs).toHaveLength(2)
    expect(said).toEqual(['housekeeping.done', 'housekeeping.done'])
  })

  it('[GUARD-1] whoever was signed out is remembered for as long as any token of theirs could count', async () => {
    const { clock, runs } = house()
    await clock.pass(60_000)
    expect(daysBefore(clock.now(), runs[0]?.sessions ?? new Date())).toBeGreaterThan(366)
  })

  it('[GUARD-1] what fails is said and tried again within the hour, and nothing runs after the stop', async () => {
    let isBroken = true
    const { clock, runs, said, stop } = house(async () => {
      if (isBroken) throw new Error('no database')
      return 1
    })
    await clock.pass(60_000)
    expect(said).toEqual(['housekeeping.failed'])
    isBroken = false
    await clock.pass(3_600_000)
    expect(said).toEqual(['housekeeping.failed', 'housekeeping.done'])
    await stop(1_000)
    await clock.pass(10 * DAY_MS)
    expect(runs).toHaveLength(1)
  })
})
