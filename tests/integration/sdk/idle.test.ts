import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { IDLE_MS } from '../../../client-sdk/src/client/rest.ts'
import { createEnvironment } from '../../../client-sdk/src/environment.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { testPage } from '../../unit/sdk/test-page.ts'
import { again, closeAll, isSynced, type Person, person, sharedList, titles } from './two-people.ts'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})
afterEach(closeAll)
afterAll(() => server.stop())

/** The same person on a page that waits no five minutes once it is hidden. */
function onPage({ identity, storage }: Person) {
  const page = testPage()
  const real = createEnvironment()
  const environment = {
    ...real,
    setTimer: (run: () => void, ms: number) => real.setTimer(run, ms === IDLE_MS ? 50 : ms),
  }
  return { page, ...again(server.url, identity, storage, { page, environment }) }
}

it('[LINK-13][STATUS-6][PRES-2][C-17][X-12] a page that nobody looks at leaves the server, says what is true, and comes back with what happened', async () => {
  const [first, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [created, his] = await sharedList(server.url, first, ben)
  if (created === undefined || his === undefined) throw new Error('no lists')
  await first.client.close()
  const ann = onPage(first)
  const hers = ann.client.lists.open(created.id)
  const annIsSeen = () => his.presence.others.getSnapshot().length === 1
  await until(() => isSynced(hers) && annIsSeen(), { what: 'Ann is there' })

  const states: string[] = []
  const stop = hers.status.subscribe(() => states.push(hers.status.getSnapshot().state))
  ann.page.hide()
  await until(() => !annIsSeen(), { what: 'the server to see her leave' })
  const { opened, received } = ann.network
  his.items.add('Milk')
  await until(() => isSynced(his))
  ann.page.wakeUp()
  // Ben's own round trip took a while too: time enough to come back by mistake.
  his.items.add('Bread')
  await until(() => isSynced(his))
  expect([ann.network.opened, ann.network.received]).toEqual([opened, received])
  expect(states.filter((state) => state !== 'synced')).toEqual([])
  expect(titles(hers)).toEqual([])
  stop()

  ann.page.look()
  await until(() => isSynced(hers) && annIsSeen(), { what: 'Ann is back' })
  expect(titles(hers)).toEqual(['Milk', 'Bread'])

  ann.page.hide()
  await until(() => !annIsSeen(), { what: 'her second rest' })
  // A background script of the app writes.
  await hers.items.add('Eggs').confirmed
  await until(() => titles(his).includes('Eggs'))
  // Asked for again and again, because nobody sees from outside when her third rest begins; before it, asking changes nothing.
  await until(
    () => {
      ann.client.reconnect()
      return ann.network.opened >= 4
    },
    { what: 'a socket that was asked for' },
  )
  expect(ann.errors).toEqual([])
})
