import { expect, it } from 'vitest'
import { createLeftBehind } from '../../../client-sdk/src/client/left-behind.ts'
import { manualEnvironment } from './manual-environment.ts'

const LIST = '11111111-1111-4111-8111-111111111111'

function stage() {
  const environment = manualEnvironment()
  const state = { found: 0 }
  const leftBehind = createLeftBehind(environment, () => {
    state.found += 1
  })
  const edit = (pendingKey: number | null): void =>
    leftBehind.heard({ type: 'update', listId: LIST, update: new Uint8Array([0, 0]), pendingKey })
  const say = (type: 'confirmed' | 'refused', ...keys: number[]): void =>
    leftBehind.heard({ type, listId: LIST, keys })
  return { leftBehind, environment, state, edit, say }
}

it('[LOCAL-5] an edit of another tab that nobody has answered for ten to twenty seconds is found, once', () => {
  const { environment, state, edit } = stage()
  edit(1)
  environment.advance(19_000)
  expect(state.found).toBe(0)
  environment.advance(1_000)
  expect(state.found).toBe(1)
  environment.advance(100_000)
  expect(state.found).toBe(1)
  edit(2)
  environment.advance(20_000)
  expect(state.found).toBe(2)
})

it('[LOCAL-5] who types on and on while all of it is answered is not left behind, and who then stops being answered is', () => {
  const { environment, state, edit, say } = stage()
  for (let key = 0; key < 100; key += 1) {
    edit(key)
    environment.advance(1_000)
    say(key % 2 === 0 ? 'confirmed' : 'refused', key)
  }
  environment.advance(30_000)
  expect(state.found).toBe(0)
  for (let key = 100; key < 115; key += 1) {
    edit(key)
    environment.advance(1_000)
  }
  // All that has waited for as long is answered at the last moment; what came later has not waited for long.
  say('refused', ...Array.from({ length: 15 }, (_, at) => 100 + at))
  edit(200)
  environment.advance(6_000)
  expect(state.found).toBe(0)
  environment.advance(10_000)
  expect(state.found).toBe(1)
})

it('[LOCAL-5] what came from the server needs no answer, and nothing is found after the end', () => {
  const { leftBehind, environment, state, edit } = stage()
  edit(null)
  environment.advance(60_000)
  expect(state.found).toBe(0)
  edit(1)
  leftBehind.close()
  environment.advance(60_000)
  expect(state.found).toBe(0)
})
