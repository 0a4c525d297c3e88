import { expect, it } from 'vitest'
import type {} from './page/lab.ts'
import { logOf } from './postgres-log.ts'
import { useStage } from './stage.ts'
import type { Tab } from './tab.ts'

const stage = useStage('lab.ts')

/** From the tap until the status said it, measured in the page. */
async function addAndSee(tab: Tab, o: { title: string; reason: string }): Promise<number> {
  return tab.page.evaluate(({ title, reason }) => {
    const { list } = window.lab
    const startedAt = performance.now()
    return new Promise<number>((resolve, reject) => {
      const giveUp = () =>
        reject(new Error(`Not "${reason}" but ${JSON.stringify(list.status.getSnapshot())}`))
      setTimeout(giveUp, 10_000)
      const look = () => {
        const status = list.status.getSnapshot()
        if (status.state === 'attention' && status.reason === reason) resolve(performance.now() - startedAt)
      }
      list.status.subscribe(look)
      list.items.add(title)
      look()
    })
  }, o)
}

it('[LOCAL-6][LOCAL-2][F-19] IndexedDB fails: said within a second, exported, saved by the server all the same, and healed', async () => {
  const anna = await stage.device(['Milk'])
  const tab = await anna.open()
  await tab.untilState('synced')
  anna.goOffline()
  await tab.untilState('offline')
  await tab.page.evaluate(() => window.storage.breakWrites())
  const saidAfterMs = await addAndSee(tab, { title: 'Bread', reason: 'storage-failed' })
  console.info(`a failed write was said after ${saidAfterMs.toFixed(0)} ms`)
  expect(saidAfterMs).toBeLessThan(1_000)
  expect(await tab.titles()).toEqual(['Milk', 'Bread'])
  expect(await tab.exported()).toMatchObject({ pending: [{ label: 'Add' }] })
  expect(JSON.stringify(await tab.exported())).toContain('Bread')
  expect(await storedOutcome(tab, 'Eggs')).toBe('storage-failed')
  expect(await tab.page.evaluate(() => window.lab.reported)).toContain('storage-failed')

  // The device is still broken; the server is there again.
  anna.goOnline()
  const inPostgres = async () => (await logOf(stage.databaseUrl, anna.listId)).items.map((item) => item.title)
  await expect.poll(inPostgres, { timeout: 15_000 }).toEqual(['Milk', 'Bread', 'Eggs'])
  // Saved by the server, and the device does not have it: both are said.
  await tab.untilStatus({ state: 'attention', reason: 'storage-failed', pending: 0 })

  await tab.page.evaluate(() => window.storage.heal())
  await tab.untilState('synced')
  expect(await storedOutcome(tab, 'Butter')).toBe('stored')
  await tab.untilState('synced')
  await tab.leave()
  anna.goOffline()
  const later = await anna.open({ token: null })
  await later.untilTitles(['Milk', 'Bread', 'Eggs', 'Butter'])
  await later.untilStatus({ state: 'offline', pending: 0 })
})

it('[LOCAL-6][F-19] IndexedDB fails and heals without a server: what could not be stored is stored then, and is there after a reload', async () => {
  const anna = await stage.device(['Milk'])
  anna.goOffline()
  const tab = await anna.open({ token: null })
  await tab.untilTitles(['Milk'])
  await tab.page.evaluate(() => window.storage.breakWrites())
  await addAndSee(tab, { title: 'Bread', reason: 'storage-failed' })
  await tab.page.evaluate(() => window.storage.heal())
  await tab.retry()
  await tab.untilStatus({ state: 'offline', pending: 1, stored: true })
  await tab.page.reload()
  await tab.untilTitles(['Milk', 'Bread'])
  await tab.untilStatus({ state: 'offline', pending: 1, stored: true })
})

it('[LOCAL-6][LOCAL-2][F-19][A6.8] the device is full: said within a second, exported, saved by the server all the same, and healed by room', async () => {
  const anna = await stage.device()
  const origin = stage.newOrigin()
  const first = await anna.open({ origin, quotaBytes: 1_000_000 })
  await first.untilState('synced')
  anna.goOffline()
  await first.untilState('offline')
  const filler = await fill(first)
  expect(filler).toBeGreaterThan(0)
  const saidAfterMs = await addAndSee(first, { title: `Too much ${'x'.repeat(9_000)}`, reason: 'quota' })
  console.info(`full after ${filler} items; a further one was said after ${saidAfterMs.toFixed(0)} ms`)
  expect(saidAfterMs).toBeLessThan(1_000)
  expect(JSON.stringify(await first.exported())).toContain('Too much')
  const titles = await first.titles()
  expect(titles.length).toBe(filler + 1)

  anna.goOnline()
  const inPostgres = async () => (await logOf(stage.databaseUrl, anna.listId)).items.length
  await expect.poll(inPostgres, { timeout: 15_000 }).toBe(titles.length)
  await first.untilStatus({ state: 'attention', reason: 'quota', pending: 0 })

  await first.devtools.send('Storage.overrideQuotaForOrigin', { origin })
  await first.untilState('synced')
  await first.leave()
  anna.goOffline()
  const later = await anna.open({ origin, token: null })
  await later.untilTitles(titles)
  await later.untilStatus({ state: 'offline', pending: 0 })
})

it('[LOCAL-6][F-19] the database is deleted under an open page: the edits go on, are said to be at risk, and reach the server', async () => {
  const anna = await stage.device(['Milk'])
  const tab = await anna.open()
  await tab.untilState('synced')
  anna.goOffline()
  await tab.untilState('offline')
  await tab.page.evaluate(() => window.storage.deleteAll())
  const saidAfterMs = await addAndSee(tab, { title: 'Bread', reason: 'storage-failed' })
  expect(saidAfterMs).toBeLessThan(1_000)
  expect(JSON.stringify(await tab.exported())).toContain('Bread')
  anna.goOnline()
  const inPostgres = async () => (await logOf(stage.databaseUrl, anna.listId)).items.map((item) => item.title)
  await expect.poll(inPostgres, { timeout: 15_000 }).toEqual(['Milk', 'Bread'])
  await tab.page.reload()
  await tab.untilState('synced')
  expect(await tab.titles()).toEqual(['Milk', 'Bread'])
})

it('[LOCAL-6][F-19] a device that cannot be opened at first: said with the first edit, and healed without a reload', async () => {
  const anna = await stage.device(['Milk'])
  const tab = await anna.open({ isStorageLocked: true })
  await addAndSee(tab, { title: 'Bread', reason: 'storage-failed' })
  await tab.page.evaluate(() => window.storage.heal())
  await tab.retry()
  await tab.untilState('synced')
  expect(await storedOutcome(tab, 'Eggs')).toBe('stored')
})

it('[LOCAL-6][LOCAL-2][F-19] a list made while the device stores nothing: said, on the device once it can, and with the server after a reload', async () => {
  const anna = await stage.device()
  anna.goOffline()
  const tab = await anna.open()
  await tab.untilState('offline')
  await tab.page.evaluate(() => window.storage.breakWrites())
  const made = await tab.page.evaluate(async () => {
    const { value: list, stored } = window.lab.client.lists.create({ title: 'Camping' })
    const outcome = await stored.then(
      () => 'stored',
      (error: { code: string }) => error.code,
    )
    const status = list.status.getSnapshot()
    return { listId: list.id, outcome, reason: status.state === 'attention' ? status.reason : status.state }
  })
  expect(made).toMatchObject({ outcome: 'storage-failed', reason: 'storage-failed' })
  await tab.page.evaluate((id) => {
    window.storage.heal()
    window.lab.client.lists.open(id).items.add('Tent')
  }, made.listId)
  const state = () =>
    tab.page.evaluate((id) => window.lab.client.lists.open(id).status.getSnapshot().state, made.listId)
  await expect.poll(state, { timeout: 15_000 }).toBe('offline')
  await tab.close()

  anna.goOnline()
  const later = await anna.open()
  const inPostgres = async () => (await logOf(stage.databaseUrl, made.listId)).items.map((item) => item.title)
  await expect.poll(inPostgres, { timeout: 15_000 }).toEqual(['Tent'])
  await later.untilState('synced')
})

it('[LOCAL-6][W-24] without storage, network and token at once the page goes on, and nothing is left unhandled', async () => {
  const anna = await stage.device(['Milk'])
  anna.goOffline()
  const tab = await anna.open({ isStorageLocked: true })
  await addAndSee(tab, { title: 'Bread', reason: 'storage-failed' })
  expect(await tab.titles()).toEqual(['Bread'])
  expect(JSON.stringify(await tab.exported())).toContain('Bread')
  await tab.page.evaluate(async () => {
    const { list, client } = window.lab
    // A second client that never learns whose it is.
    const nobody = window.sdk.createClient({
      url: 'http://127.0.0.1:9',
      getToken: () => Promise.reject(new Error('no network')),
    })
    nobody.lists.open(list.id)
    // Nobody listens to any of these promises, as in most apps.
    list.items.add('Eggs')
    list.items.toggle('nobody-has-this')
    list.undo()
    void list.close()
    const status = list.status.getSnapshot()
    if (status.state === 'attention') await status.retry()
    await client.close()
    await nobody.close()
  })

  // The net is not there for show: the one rejection that nobody handles is seen, and it is the only one.
  await tab.page.evaluate(() => void Promise.reject(new Error('left alone')))
  await expect.poll(() => stage.complaints).toEqual(['thrown: left alone'])
  stage.complaints.length = 0
})

/** What the promise of a write says: `stored`, or the code of the failure. */
function storedOutcome(tab: Tab, title: string): Promise<string> {
  return tab.page.evaluate((text) => {
    const { stored } = window.lab.list.items.add(text)
    return stored.then(
      () => 'stored',
      (error: { code: string }) => error.code,
    )
  }, title)
}

/** Adds long items until the device does not take another; says how many are on the list. */
function fill(tab: Tab): Promise<number> {
  return tab.page.evaluate(async () => {
    for (let made = 1; made <= 200; made++) {
      const { stored } = window.lab.list.items.add(`${made} ${'x'.repeat(9_000)}`)
      const isStored = await stored.then(
        () => true,
        () => false,
      )
      if (!isStored) return made
    }
    return 0
  })
}
