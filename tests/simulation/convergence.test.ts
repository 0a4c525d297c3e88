import { describe, expect, it } from 'vitest'
import { seededRandom } from '../support/seed.ts'
import { runSchedule } from './run.ts'

const RUNS = Number(process.env['TANDEM_SIMULATION_RUNS'] ?? 25)
const STEPS = 120
/** Schedules that once failed; each stays for ever. */
const PINNED: readonly number[] = []

describe('random schedules over the whole system', () => {
  it(`[SYNC-1][LOG-9][DUR-1][E-10][W-23][E-01][E-09][F-07][F-17][G-06][G-08][A-07][A-13] ${RUNS} schedules with partitions, crashes and reloads: every copy byte-equal, nothing lost`, async () => {
    const total = { useful: 0, actions: 0, cuts: 0, crashes: 0, reloads: 0 }
    const seeds = [...PINNED]
    const draw = seededRandom('schedules')
    while (seeds.length < RUNS + PINNED.length) seeds.push(draw.int(2 ** 31))
    for (const seed of seeds) {
      const result = await runSchedule(seededRandom(`schedule ${seed}`, seed), STEPS).catch((error) => {
        throw new Error(`schedule ${seed}: ${(error as Error).message}`, { cause: error })
      })
      const server = result.states.get('server')
      const different = [...result.states].filter(([, state]) => state !== server)
      expect(
        different.map(([place, state]) => `${place}: ${state.slice(-2000)}`),
        `schedule ${seed}: copies that differ`,
      ).toEqual([])
      expect(result.lost, `schedule ${seed}: items that are nowhere`).toEqual([])
      expect(result.errors, `schedule ${seed}: errors`).toEqual([])
      // A schedule counts when something went wrong in it while people were editing.
      if (result.items > 10 && result.cuts > 0 && result.crashes + result.reloads > 0) total.useful++
      for (const key of ['actions', 'cuts', 'crashes', 'reloads'] as const) total[key] += result[key]
    }
    console.log(
      `${seeds.length} schedules, ${total.useful} useful: ${total.actions} edits, ${total.cuts} cuts, ${total.crashes} server crashes, ${total.reloads} reloads`,
    )
    expect(total.useful, 'useful schedules').toBeGreaterThanOrEqual(Math.floor(seeds.length / 2))
  }, 400_000)
})
