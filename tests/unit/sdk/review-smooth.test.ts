import { expect, it } from 'vitest'
import { smooth } from '../../../client-sdk/src/react/smooth.ts'
import { cell } from '../../../client-sdk/src/replica/cell.ts'
import type { Status } from '../../../client-sdk/src/types.ts'
import { manualEnvironment } from './manual-environment.ts'

const SYNCED: Status = { state: 'synced', at: 1 }
const saving = (pending: number): Status => ({ state: 'saving', pending, since: 1, backlog: 'none' })

function watched() {
  const source = cell<Status>(SYNCED)
  const environment = manualEnvironment()
  const status = smooth(source, environment.setTimer)
  const seen: Status['state'][] = []
  const stop = status.subscribe(() => seen.push(status.getSnapshot().state))
  return { source, environment, status, seen, stop }
}

it('[STATUS-1] smoothing hides a short "saving", and no other state', () => {
  const { source, environment, seen, status } = watched()
  source.set(saving(1))
  environment.advance(300)
  source.set({ ...SYNCED, at: 2 })
  environment.advance(1_000)
  source.set({ state: 'loading', from: 'server' })
  source.set(saving(1))
  expect(seen).toEqual(['synced', 'loading', 'saving'])
  expect(status.getSnapshot()).toBe(source.getSnapshot())
})

it('[STATUS-1] who types without a pause does not read "synced" for longer than 400 ms while edits wait', () => {
  const { source, environment, status } = watched()
  for (let edits = 1; edits <= 5; edits += 1) {
    source.set(saving(edits))
    environment.advance(100)
  }
  expect(status.getSnapshot()).toMatchObject({ state: 'saving', pending: 5 })
})

it('[SDK-5] a smooth status that nobody listens to leaves no timer and tells what is', () => {
  const { source, environment, status, seen, stop } = watched()
  source.set(saving(1))
  stop()
  expect(status.getSnapshot().state).toBe('saving')
  source.set(SYNCED)
  environment.advance(1_000)
  expect(seen).toEqual([])
  expect(status.getSnapshot()).toBe(SYNCED)
})
