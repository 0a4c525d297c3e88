import { expect, it } from 'vitest'
import type {} from './page/lab.ts'
import { logOf } from './postgres-log.ts'
import { useStage } from './stage.ts'

const KILLS = 10
const stage = useStage('lab.ts')

it('[LOCAL-1][LOCAL-3][F-14][A6.8] ten times, the browser is killed 50 ms after a tap: each time the edit is there on reopening, and all of them reach PostgreSQL once', {
  timeout: 120_000,
}, async () => {
  const titles = Array.from({ length: KILLS }, (_, at) => `Item ${at}`)
  const anna = await stage.device(titles)
  const before = await logOf(stage.databaseUrl, anna.listId)
  anna.goOffline()

  for (const [kill, title] of titles.entries()) {
    const tab = await anna.open({ token: null })
    await tab.untilTitles(titles)
    expect(await tab.done(), `after ${kill} kills`).toEqual(titles.slice(0, kill))
    await tab.untilStatus({ state: 'offline', pending: kill, stored: true })
    // The page itself says when the 50 ms are over, so that nothing of the test's own runs in between.
    await tab.page.evaluate((name) => {
      document.querySelector<HTMLElement>(`input[aria-label="${name}"]`)?.click()
      return new Promise((resolve) => setTimeout(resolve, 50))
    }, title)
    await stage.killBrowser()
  }

  const last = await anna.open({ token: null })
  await last.untilTitles(titles)
  expect(await last.done()).toEqual(titles)
  await last.untilStatus({ state: 'offline', pending: KILLS, stored: true })
  await last.close()
  anna.goOnline()
  const online = await anna.open()
  await online.untilState('synced')
  const after = await logOf(stage.databaseUrl, anna.listId)
  expect(after.items).toEqual(titles.map((title) => ({ title, done: true })))
  // The first handshake carries all ten, and none of them comes a second time.
  expect(after.rows).toBe(before.rows + 1)
})

it('[LOCAL-3][ACK-3][F-14] the page crashes after its edit was committed and before it hears so: the edit is there on reopening, and logged once', async () => {
  const anna = await stage.device(['Milk'])
  const before = await logOf(stage.databaseUrl, anna.listId)
  const tab = await anna.open()
  await tab.untilState('synced')
  // Acknowledgements are held back, edits are not: the row is in PostgreSQL, and the page dies before it hears of it.
  anna.network.pause('down')
  await tab.tick('Milk')
  await tab.untilStatus({ state: 'saving', pending: 1 })
  await expect.poll(async () => (await logOf(stage.databaseUrl, anna.listId)).rows).toBe(before.rows + 1)
  const crashed = tab.page.waitForEvent('crash')
  // Never answered: there is nobody left to answer.
  void tab.devtools.send('Page.crash').catch(() => undefined)
  await crashed
  await tab.close()
  anna.network.resume()
  anna.goOffline()

  const offline = await anna.open({ token: null })
  await offline.untilStatus({ state: 'offline', pending: 1, stored: true })
  expect(await offline.done()).toEqual(['Milk'])
  await offline.close()
  anna.goOnline()
  const online = await anna.open()
  await online.untilState('synced')
  expect(await logOf(stage.databaseUrl, anna.listId)).toEqual({
    rows: before.rows + 1,
    items: [{ title: 'Milk', done: true }],
  })
})
