import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { launchChromiumProfile } from '../../support/chromium.ts'
import { withClient } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { type Person, person, share } from '../app.ts'
import { useStage } from './pair.ts'

const stage = useStage()
const EDITS = 50

it('[APP-81][APP-63][A6.8][F-15][F-19] a full device: the page says so within a second of the edit, gives out what waits, and is well again when there is room', async () => {
  // In a browser without a profile nothing is ever full.
  const profile = await mkdtemp(join(tmpdir(), 'tandem-full-device-'))
  const carl = await person(await launchChromiumProfile(profile), stage.server)
  const { page, origin } = carl
  // Before the first write: browsers remember for a while how much room there is.
  const devtools = await carl.context.newCDPSession(page)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 20_000_000 })
  await carl.signIn('Carl')
  const listId = await carl.createList('Groceries')
  await carl.add('Milk')
  await carl.untilStatus('Saved')
  await until(() => page.evaluate(() => navigator.serviceWorker.controller !== null), {
    what: 'the worker',
    timeoutMs: 20_000,
  })
  await carl.goOffline()
  await carl.untilStatus('Offline')

  await page.evaluate(fillDevice)
  const words = 'Needs attention · this device is full'
  await page.evaluate(measureFromEnterTo, words)
  const title = `Bread ${'x'.repeat(9_000)}`
  await carl.add(title)
  await carl.untilStatus(words)
  const tookMs = await page.evaluate(() => Number(document.documentElement.dataset['tookMs']))
  console.info(`a full device was said ${Math.round(tookMs)} ms after Enter`)
  expect(tookMs).toBeLessThan(1_000)
  const banner = page.getByRole('alert').filter({ hasText: 'This device is full' })
  const download = page.waitForEvent('download')
  await banner.getByRole('button', { name: 'Export what waits' }).click()
  expect(await readFile(await (await download).path(), 'utf8')).toContain(title)

  await page.evaluate(() => void indexedDB.deleteDatabase('filler'))
  await carl.goOnline()
  await carl.untilStatus('Saved')
  await banner.waitFor({ state: 'detached' })
  await carl.goOffline()
  await carl.openList(listId)
  await carl.untilTitles(['Milk', title])
  expect(carl.complaints).toEqual([])
  await carl.leave()
  await rm(profile, { recursive: true, force: true })
})

it('[DUR-1][A6.9] the server is killed before it could store: nothing of it was called saved, and all that was is there', async () => {
  const { anna, bo, listId } = await stage.pair()
  await bo.page.goto('about:blank')
  const names = ['item 1', 'item 2', 'item 3', 'item 4', 'item 5']
  for (const name of names) await anna.add(name)
  const unsaved = anna.page.locator('.item .pending')
  await until(async () => (await unsaved.count()) === 0)
  await anna.untilStatus('Saved')
  await withClient(stage.server.databaseUrl ?? '', async (other) => {
    // Somebody else holds the log: the server has the edit, and cannot store it.
    await other.query('BEGIN')
    await other.query('LOCK TABLE list_updates IN EXCLUSIVE MODE')
    await anna.add('item 6')
    await anna.untilStatus('Saving…')
    expect(await unsaved.count()).toBe(1)
    await stage.killServer(async () => {
      await anna.goOffline()
      await other.query('ROLLBACK')
    })
  })
  // Another device has nothing but what the server kept, and this one does not come back to help it.
  await bo.openList(listId)
  await until(async () => (await bo.titles()).slice(0, names.length).join() === names.join(), {
    what: 'what was saved',
    timeoutMs: 20_000,
  })
  await anna.goOnline()
  await anna.untilStatus('Saved')
  await bo.untilTitles([...names, 'item 6'])
})

it('[LOCAL-4][APP-17][A-14][D-01][F-15] a day without a network: a list made, 50 edits, the browser closed and opened again, and all of it with the other person once there is a network', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'tandem-offline-day-'))
  let carl = await person(await launchChromiumProfile(profile), stage.server)
  const { network } = carl
  await carl.signIn('Carl')
  const session = carl.session()
  // The page is on the device once its worker has it.
  await until(() => carl.page.evaluate(() => navigator.serviceWorker.controller !== null), {
    what: 'the worker',
    timeoutMs: 20_000,
  })
  await carl.goOffline()

  const listId = await carl.createList('Trip')
  const titles = Array.from({ length: 40 }, (_, n) => `thing ${n + 1}`)
  for (const title of titles) await carl.add(title)
  for (let n = 1; n <= 5; n += 1) await carl.rename(`thing ${n}`, `other thing ${n}`)
  for (let n = 6; n <= 10; n += 1) await carl.tick(`thing ${n}`)
  await carl.untilStatus(`Offline · ${EDITS}`)

  await carl.context.close()
  carl = await person(await launchChromiumProfile(profile), stage.server, network)
  await carl.context.setOffline(true)
  await carl.openList(listId)
  await carl.untilStatus(`Offline · ${EDITS}`)
  const wanted = titles.map((title, n) => (n < 5 ? `other ${title}` : title)).sort()
  await untilAll(carl, wanted)

  await carl.goOnline()
  await carl.untilStatus('Saved')
  const { anna } = stage
  await share(stage.server, { ...carl, session: () => session }, anna, listId)
  await anna.openList(listId)
  await untilAll(anna, wanted)
  expect(await anna.titles()).toEqual(await carl.titles())
  expect(await anna.page.locator('.item input[type=checkbox]:checked').count()).toBe(5)
  expect(carl.complaints).toEqual([])
  await carl.leave()
  await rm(profile, { recursive: true, force: true })
})

function untilAll(one: Person, sorted: readonly string[]): Promise<void> {
  return until(async () => [...(await one.titles())].sort().join('\n') === sorted.join('\n'), {
    what: `${sorted.length} items`,
    timeoutMs: 20_000,
  }).catch(async (error) => {
    throw new Error(`${(error as Error).message}; they are ${(await one.titles()).join(', ')}`)
  })
}

/** Runs in the page: notes how long after the next Enter the words are in the document. */
function measureFromEnterTo(words: string): void {
  let startedAt = 0
  const note = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') startedAt = performance.now()
  }
  addEventListener('keydown', note, { capture: true, once: true })
  new MutationObserver(() => {
    const { dataset } = document.documentElement
    if (document.querySelector('output.status')?.textContent?.includes(words) !== true) return
    dataset['tookMs'] ??= String(performance.now() - startedAt)
  }).observe(document.body, { childList: true, subtree: true, characterData: true })
}

/** Runs in the page: until not even a kilobyte goes in. */
async function fillDevice(): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('filler', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('all', { autoIncrement: true })
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const isWritten = (size: number): Promise<boolean> =>
    new Promise((resolve) => {
      const writing = database.transaction('all', 'readwrite')
      writing.objectStore('all').add(crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536))))
      for (let more = 65_536; more < size; more += 65_536) {
        writing.objectStore('all').add(crypto.getRandomValues(new Uint8Array(65_536)))
      }
      writing.oncomplete = () => resolve(true)
      writing.onabort = () => resolve(false)
    })
  for (let size = 4_194_304; size >= 1_024; size /= 2) while (await isWritten(size));
  database.close()
}
