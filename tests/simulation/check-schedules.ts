import { expect } from 'vitest'
import { seededRandom } from '../support/seed.ts'
import { runSchedule } from './run.ts'

const STEPS = 120

/** Runs one schedule for each seed and says how many were worth running: something went wrong while people were editing. */
export async function checkSchedules(seeds: readonly number[]): Promise<{ useful: number }> {
  const total = { actions: 0, cuts: 0, crashes: 0, reloads: 0, outages: 0, rows: 0 }
  let useful = 0
  for (const seed of seeds) {
    const result = await runSchedule(seededRandom(`schedule ${seed}`, seed), STEPS).catch((error) => {
      throw new Error(`schedule ${seed}: ${(error as Error).message}`, { cause: error })
    })
    const server = result.states.get('server')
    const different = [...result.states].filter(([, state]) => state !== server)
    const places = different.map(([place, state]) => `${place}: ${state.slice(-2000)}`)
    expect(places, `schedule ${seed}: copies that differ`).toEqual([])
    expect(result.lost, `schedule ${seed}: items that are nowhere`).toEqual([])
    expect(result.errors, `schedule ${seed}: errors`).toEqual([])
    if (result.items > 10 && result.cuts > 0 && result.crashes + result.reloads > 0) useful++
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += result[key]
  }
  console.log(
    `${seeds.length} schedules, ${useful} useful: ${total.actions} edits, ${total.cuts} cuts, ${total.crashes} server crashes, ` +
      `${total.reloads} page loads, ${total.outages} changes of the database's mind, ${total.rows} rows in the log`,
  )
  return { useful }
}
