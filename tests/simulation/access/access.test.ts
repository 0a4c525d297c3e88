import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../support/seed.ts'
import { checkAccessSchedules } from './check-access-schedules.ts'

const RUNS = 11
/** Schedules that once failed; each stays for ever. */
const PINNED: readonly number[] = [14, 1055, 20_087, 30_054, 30_056]

describe('random schedules with people who come, go and change roles (short form; `npm run test:crash` runs 300)', () => {
  it(`[SYNC-1][LIVE-1][LIVE-2][GRANT-1][ANON-2][SDKA-3][SDKA-4][SDKA-9][SDKA-10][P-05][P-09][P-12][P-21][P-24][F-12][F-13] ${RUNS} schedules: nothing is written without a right to it, no edit is lost, and those with access agree`, async () => {
    const seeds = [...PINNED]
    const draw = seededRandom('access schedules')
    while (seeds.length < RUNS + PINNED.length) seeds.push(draw.int(2 ** 31))
    const { useful } = await checkAccessSchedules(seeds)
    expect(useful, 'useful schedules').toBeGreaterThanOrEqual(RUNS / 3)
  }, 400_000)
})
