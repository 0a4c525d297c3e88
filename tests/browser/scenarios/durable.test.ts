import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../../support/chromium.ts'
import { freshDatabase } from '../../support/postgres.ts'
import { startServer } from '../../support/server.ts'
import { newPerson, startApp } from '../app.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

it('[DUR-1][A6.9] whatever a page called saved is there after the server was killed in that moment', async () => {
  const database = await freshDatabase()
  const first = await startApp({ databaseUrl: database.url })
  const anna = await newPerson(browser, first)
  await anna.signIn('Anna')
  const listId = await anna.createList('Groceries')
  await anna.untilStatus('Saved')
  const names: string[] = []
  for (let n = 1; n <= 5; n += 1) {
    names.push(`item ${n}`)
    await anna.add(`item ${n}`)
  }
  await anna.untilStatus('Saved')
  await first.kill()
  await anna.untilStatus('Offline')

  // The same port: the page comes back by itself. Another device has nothing but what the server kept.
  const second = await startServer({ databaseUrl: database.url, env: { PORT: String(first.port) } })
  await anna.untilStatus('Saved')
  const other = await newPerson(browser, second)
  await other.context.addCookies(
    (await anna.context.cookies()).map(({ name, value }) => ({ name, value, url: other.origin })),
  )
  await other.openList(listId)
  await other.untilTitles(names)
  expect([...anna.complaints, ...other.complaints]).toEqual([])
  await other.leave()
  await anna.leave()
  await second.stop()
  await database.drop()
})
