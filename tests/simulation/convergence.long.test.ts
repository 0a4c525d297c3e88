import { expect, it } from 'vitest'
import { seededRandom } from '../support/seed.ts'
import { checkSchedules } from './check-schedules.ts'

const RUNS = 500

it(`[SYNC-1][E-10][W-23] ${RUNS} random schedules with partitions, crashes and reloads: every copy byte-equal, nothing lost`, async () => {
  const draw = seededRandom('schedules')
  const { useful } = await checkSchedules(Array.from({ length: RUNS }, () => draw.int(2 ** 31)))
  expect(useful, 'useful schedules').toBeGreaterThanOrEqual(RUNS / 2)
})
