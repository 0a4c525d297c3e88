import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { closeAll, isSynced, person, sharedList, titles } from './two-people.ts'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})
afterEach(closeAll)
afterAll(() => server.stop())

it('[LOCAL-1][SYNC-6][A-01][D-01] an edit is on the own screen in the same tick, on the other one live, and then confirmed', async () => {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (hers === undefined || his === undefined) throw new Error('no lists')

  const write = hers.items.add('Milk')
  expect(titles(hers)).toEqual(['Milk'])
  expect(hers.status.getSnapshot().state).toBe('saving')
  expect(hers.items.item(write.value).getSnapshot()?.pending).toBe(true)

  await until(() => titles(his).includes('Milk'))
  await write.stored
  await write.confirmed
  expect(hers.items.item(write.value).getSnapshot()?.pending).toBe(false)
  expect(isSynced(hers)).toBe(true)

  his.items.toggle(write.value)
  await until(() => hers.items.item(write.value).getSnapshot()?.done === true)
  expect([...ann.errors, ...ben.errors]).toEqual([])
})
