import { type AddressInfo, createServer } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { startServer } from '../../support/server.ts'
import type {} from './page/lab.ts'
import { logOf } from './postgres-log.ts'
import { useStage } from './stage.ts'

const stage = useStage('lab.ts')

it('[LOCAL-4][ACK-3][F-01][A-14] edited without a server, closed, opened again without a server: still there; then synced, and in PostgreSQL once', async () => {
  const anna = await stage.device(['Milk', 'Bread'])
  const before = await logOf(stage.databaseUrl, anna.listId)
  anna.goOffline()

  const first = await anna.open()
  await first.untilTitles(['Milk', 'Bread'])
  await first.add('Eggs')
  await first.tick('Milk')
  await first.untilStatus({ state: 'offline', pending: 2, stored: true })
  await first.close()

  // No token either: nobody can be asked for one.
  const second = await anna.open({ token: null })
  await second.untilTitles(['Milk', 'Bread', 'Eggs'])
  expect(await second.done()).toEqual(['Milk'])
  await second.untilStatus({ state: 'offline', pending: 2, stored: true })
  expect((await logOf(stage.databaseUrl, anna.listId)).rows).toBe(before.rows)
  await second.close()

  anna.goOnline()
  const third = await anna.open()
  await third.untilState('synced')
  expect(await third.titles()).toEqual(['Milk', 'Bread', 'Eggs'])
  const after = await logOf(stage.databaseUrl, anna.listId)
  expect(after.items).toEqual([
    { title: 'Milk', done: true },
    { title: 'Bread', done: false },
    { title: 'Eggs', done: false },
  ])
  await third.close()

  // What was sent once is not sent again by the next one who opens the list.
  const fourth = await anna.open()
  await fourth.untilState('synced')
  expect((await logOf(stage.databaseUrl, anna.listId)).rows).toBe(after.rows)
})

it('[LOCAL-4][A6.10][F-15] the server is down when the page opens: the last list is shown from the device, said to be offline, and can be used', async () => {
  const anna = await stage.device(['Milk', 'Bread'])
  anna.goOffline()
  const tab = await anna.open({ token: null })
  await tab.tick('Milk')
  await tab.untilStatus({ state: 'offline', pending: 1, stored: true })
  expect(await tab.page.locator('#status').textContent()).toBe('offline')
  expect(await tab.done()).toEqual(['Milk'])

  const seen = await tab.seen()
  const shownAt = seen.find(({ titles }) => titles.length === 2)?.at ?? Number.POSITIVE_INFINITY
  console.info(`opened without a server: list shown after ${Math.round(shownAt)} ms`)
  // The promise is a second; the machine that runs all tests at once is not the person's.
  expect(shownAt).toBeLessThan(5_000)
  // Nothing that a person could take for an empty list was ever on the screen.
  expect(seen.filter(({ state, titles }) => state !== 'loading' && titles.length === 0)).toEqual([])
})

it('[LOCAL-4][F-15] a list that was on the screen once opens without a server, also when the page was closed the moment it was there', async () => {
  const anna = await stage.device(['Milk', 'Bread'])
  const origin = stage.newOrigin()
  const tab = await anna.open({ origin })
  // In the page and not from here, where a moment is tens of milliseconds.
  const closed = tab.page.waitForEvent('load')
  await tab.page.evaluate(() => {
    const leave = () => {
      if (window.lab.list.status.getSnapshot().state === 'synced') location.reload()
    }
    window.lab.list.status.subscribe(leave)
    leave()
  })
  await closed
  anna.goOffline()
  await tab.close()
  const later = await anna.open({ origin, token: null })
  await later.untilTitles(['Milk', 'Bread'])
})

it('[LOCAL-4][STATUS-1][F-15][E-19][V-01] the same with the server process killed; when it is started again, everything arrives without a reload', async () => {
  const port = await freePort()
  const options = { databaseUrl: stage.databaseUrl, env: { PORT: String(port), CORS_ORIGINS: '*' } }
  const anna = await stage.device(['Milk'])
  const server = await startServer(options)
  onTestFinished(() => server.stop())
  const tab = await anna.open({ url: server.url })
  await tab.untilTitles(['Milk'])
  await tab.untilState('synced')
  await server.kill('SIGKILL')
  await tab.untilState('offline')
  await tab.page.reload()
  await tab.untilTitles(['Milk'])
  await tab.add('Bread')
  await tab.untilStatus({ state: 'offline', pending: 1, stored: true })

  const again = await startServer(options)
  onTestFinished(() => again.stop())
  await tab.untilState('synced')
  const titles = (await logOf(stage.databaseUrl, anna.listId)).items.map((item) => item.title)
  expect(titles).toEqual(['Milk', 'Bread'])
})

it('[LOCAL-1][A-05][D-01] with a server that answers nothing, a mutation is on the screen in the same tick', async () => {
  const anna = await stage.device(['Milk'])
  const tab = await anna.open()
  await tab.untilState('synced')
  anna.network.pause()
  const seen = await tab.page.evaluate(() => {
    const { list } = window.lab
    const shown = () => [...document.querySelectorAll('#items li')].map((row) => row.textContent)
    const startedAt = performance.now()
    // From here to the return there is no await: nothing but this code runs in the page.
    const { value: id } = list.items.add('Bread')
    const afterAdd = shown()
    list.items.toggle(id)
    list.items.update(id, { title: 'Rye bread' })
    list.items.move(id, { before: list.items.ids().getSnapshot()[0] ?? '' })
    const box = document.querySelector<HTMLInputElement>('#items input')
    return {
      afterAdd,
      shown: shown(),
      isDone: box?.checked,
      pending: list.items.item(id).getSnapshot()?.pending,
      tookMs: performance.now() - startedAt,
    }
  })
  console.info(`four edits with a frozen server took ${seen.tookMs.toFixed(1)} ms`)
  expect(seen).toMatchObject({
    afterAdd: ['Milk', 'Bread'],
    shown: ['Rye bread', 'Milk'],
    isDone: true,
    pending: true,
  })
  expect((await tab.status()).state).not.toBe('synced')
  anna.network.resume()
  await tab.untilState('synced')
})

/** For a server that must come back at the address it had. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
