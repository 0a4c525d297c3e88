import { expect } from 'vitest'
import { seededRandom } from '../../support/seed.ts'
import type { ChangeKind } from './changes.ts'
import { runAccessSchedule } from './run.ts'

const STEPS = 130

/** Runs one schedule for each seed and says how many were worth running: people lost access with edits under way. */
export async function checkAccessSchedules(seeds: readonly number[]): Promise<{ useful: number }> {
  const total = { actions: 0, cuts: 0, crashes: 0, reloads: 0, outages: 0, rows: 0 }
  const people = { outsiders: 0, saved: 0, unsaved: 0, unheard: 0 }
  const changes: Partial<Record<ChangeKind, number>> = {}
  let useful = 0
  for (const seed of seeds) {
    const result = await runAccessSchedule(seededRandom(`access schedule ${seed}`, seed), STEPS).catch(
      (error) => {
        throw new Error(`access schedule ${seed}: ${(error as Error).message}`, { cause: error })
      },
    )
    const server = result.states.get('server')
    const different = [...result.states].filter(([, state]) => state !== server)
    const places = different.map(([place, state]) => `${place}: ${state.slice(-2000)}`)
    expect(result.faults, `access schedule ${seed}: what must never be`).toEqual([])
    expect(places, `access schedule ${seed}: copies that differ`).toEqual([])
    expect(result.errors, `access schedule ${seed}: errors`).toEqual([])
    const taken = (result.changes.revoke ?? 0) + (result.changes.lower ?? 0)
    if (taken > 1 && result.unsaved > 0 && result.saved > 10 && result.cuts > 0) useful++
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += result[key]
    for (const key of Object.keys(people) as (keyof typeof people)[]) people[key] += result[key]
    for (const [kind, count] of Object.entries(result.changes) as [ChangeKind, number][]) {
      changes[kind] = (changes[kind] ?? 0) + count
    }
  }
  console.log(
    `${seeds.length} schedules, ${useful} useful: ${counted(total)}; of access: ${counted(changes)}; ` +
      `at the end: ${counted(people)}`,
  )
  return { useful }
}

function counted(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')
}
