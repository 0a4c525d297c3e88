import { expect, it } from 'vitest'
import { seededRandom } from '../../support/seed.ts'
import { checkAccessSchedules } from './check-access-schedules.ts'

const RUNS = 300

it(`[SYNC-1][LIVE-1][LIVE-2][GRANT-1][ANON-2][SDKA-3][SDKA-9][P-09][P-21] ${RUNS} random schedules with people who come, go and change roles`, async () => {
  const draw = seededRandom('access schedules')
  const { useful } = await checkAccessSchedules(Array.from({ length: RUNS }, () => draw.int(2 ** 31)))
  expect(useful, 'useful schedules').toBeGreaterThanOrEqual(RUNS / 3)
})
