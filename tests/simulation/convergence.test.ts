import { describe, expect, it } from 'vitest'
import { seededRandom } from '../support/seed.ts'
import { checkSchedules } from './check-schedules.ts'

const RUNS = 25
/** Schedules that once failed; each stays for ever. */
const PINNED: readonly number[] = [430_788_391]

describe('random schedules over the whole system (short form; `npm run test:crash` runs 500)', () => {
  it(`[SYNC-1][LOG-9][DUR-1][E-10][W-23][E-01][E-09][F-07][F-17][G-06][G-08][A-07][A-13] ${RUNS} schedules with partitions, crashes and reloads: every copy byte-equal, nothing lost`, async () => {
    const seeds = [...PINNED]
    const draw = seededRandom('schedules')
    while (seeds.length < RUNS + PINNED.length) seeds.push(draw.int(2 ** 31))
    const { useful } = await checkSchedules(seeds)
    expect(useful, 'useful schedules').toBeGreaterThanOrEqual(RUNS / 2)
  }, 400_000)
})
