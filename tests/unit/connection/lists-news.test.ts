import { expect, it } from 'vitest'
import { createListsNews } from '../../../client-sdk/src/client/lists-news.ts'
import { cell } from '../../../client-sdk/src/replica/cell.ts'
import { FakeEnvironment } from './fake-environment.ts'

function news(connected: boolean) {
  const environment = new FakeEnvironment()
  const state = { reads: 0, connected }
  const made = createListsNews({
    environment,
    refresh: async () => {
      state.reads += 1
    },
    hearsOfChanges: () => state.connected,
  })
  return { environment, state, made, lists: made.watched(cell('lists')) }
}

it('[SDKA-11][N-06] an overview that no connection keeps up is read every few seconds, and less often when nothing comes', async () => {
  const { environment, state, made, lists } = news(false)
  made.start()
  const stop = lists.subscribe(() => undefined)
  await environment.advance(6_300)
  expect(state.reads).toBe(2)
  await environment.advance(600_000)
  expect(state.reads).toBeGreaterThan(30)
  expect(state.reads).toBeLessThan(50)
  stop()
  const before = state.reads
  await environment.advance(600_000)
  expect(state.reads - before).toBeLessThan(13)
})

it('[SDKA-11] with a connection the server says when to look; several hints in a row are one look', async () => {
  const { environment, state, made, lists } = news(true)
  made.start()
  lists.subscribe(() => undefined)
  await environment.advance(30_000)
  expect(state.reads).toBe(1)
  for (let i = 0; i < 10; i++) made.soon()
  await environment.advance(300)
  expect(state.reads).toBe(2)
  made.close()
  await environment.advance(600_000)
  expect(state.reads).toBe(2)
})
