import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { withClient } from '../support/postgres.ts'
import type { RunningServer } from '../support/server.ts'
import { newPerson, type Person, startApp } from './app.ts'
import { dialogOf, followLink, joinAs } from './people-page.ts'

let server: RunningServer
let browser: Browser
let alice: Person
let visitor: Person

beforeAll(async () => {
  server = await startApp()
  browser = await launchChromium()
  alice = await newPerson(browser, server)
  await alice.signIn('Alice')
  await alice.createList('Groceries')
  await alice.add('Milk')
  await alice.untilStatus('Saved')
  await dialogOf(alice).open()
})
afterAll(async () => {
  expect(alice?.complaints).toEqual([])
  await browser?.close()
  await server?.stop()
})
beforeEach(async () => {
  visitor = await newPerson(browser, server)
  return async () => {
    expect(visitor.complaints).toEqual([])
    await visitor.leave()
  }
})

it('[APP-2] a link: its page says what it leads to and who sent it, its secret leaves the address bar, and a name is enough to join', async () => {
  const secret = await dialogOf(alice).link({ password: 'watermelon', uses: 1 })
  await followLink(visitor, secret)
  const { page } = visitor
  await page.getByRole('heading', { name: 'Groceries' }).waitFor()
  await page.getByText('Alice shares this list with you. You can edit it.').waitFor()
  expect(page.url()).toBe(`${visitor.origin}/join`)
  await page.getByLabel('Your name').fill('Dave')
  await page.getByLabel('Password of the link').fill('rhubarb')
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByText('The password does not open this link.').waitFor()
  await page.getByLabel('Password of the link').fill('watermelon')
  // Let in, and the line breaks before the page knows as whom: pressed again, it is the same person, though the link is used up.
  await page.route('**/auth/token', (route) => route.abort(), { times: 1 })
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByText('The server cannot be reached.').waitFor()
  await page.getByRole('button', { name: 'Join' }).click()
  await visitor.untilTitles(['Milk'])
  await visitor.add('Cheese')
  await alice.page.getByRole('checkbox', { name: 'Cheese' }).waitFor()
  await page.reload()
  await page.getByRole('checkbox', { name: 'Cheese' }).waitFor()
})

it('[APP-2] somebody who is signed in joins as themselves, with what the link allows', async () => {
  const secret = await dialogOf(alice).link({ role: 'can tick' })
  await visitor.signIn('Erin')
  await followLink(visitor, secret)
  await visitor.page.getByText('You join as Erin.').waitFor()
  await visitor.page.getByRole('button', { name: 'Join' }).click()
  await visitor.page.getByRole('checkbox', { name: 'Milk' }).waitFor()
  await visitor.page.getByText('You can tick things off.').waitFor()
  await dialogOf(alice).dialog.getByLabel('What Erin may do').waitFor()
})

it('[APP-2][X-18] a link that is used up, switched off, over, unknown or tried too often says so in words', async () => {
  const secret = await dialogOf(alice).link({ uses: 1 })
  await joinAs(visitor, 'Frank', secret)
  await visitor.page.getByRole('checkbox', { name: 'Milk' }).waitFor()

  const late = await newPerson(browser, server)
  await followLink(late, secret)
  await late.page.getByText('The link was made for a number of people, and all of them have come.').waitFor()

  const off = await dialogOf(alice).link({ uses: 7 })
  await dialogOf(alice).choose(/used 0 of 7 times/, 'Switch off')
  await dialogOf(alice).dialog.getByText('used 0 of 7 times').waitFor({ state: 'detached' })
  await followLink(late, off)
  await late.page.getByText('The link was revoked.').waitFor()
  expect(await late.page.getByRole('button', { name: 'Try again' }).count()).toBe(0)

  const old = await dialogOf(alice).link({ uses: 9 })
  await withClient(server.databaseUrl ?? '', (client) =>
    client.query("UPDATE share_links SET expires_at = now() - interval '1 minute' WHERE max_uses = 9"),
  )
  await followLink(late, old)
  await late.page.getByText('The link has expired.').waitFor()

  await followLink(late, 'A'.repeat(32))
  await late.page.getByText('No such link. Ask whoever sent you the link for another.').waitFor()

  const guarded = await dialogOf(alice).link({ password: 'watermelon' })
  await joinGuessing(late, guarded)
  await late.page.getByText(/Too many tries\. Try again in/).waitFor()
  expect(late.complaints).toEqual([])
  await late.leave()
}, 60_000)

/** Tries passwords until the server has had enough. */
async function joinGuessing({ page, origin }: Person, secret: string): Promise<void> {
  await page.goto(`${origin}/join#${secret}`)
  await page.getByLabel('Your name').fill('Mallory')
  for (let guess = 0; guess < 50; guess += 1) {
    await page.getByLabel('Password of the link').fill(`guess number ${guess}`)
    const answered = page.waitForResponse((response) => response.url().endsWith('/links/redeem'))
    await page.getByRole('button', { name: 'Join' }).click()
    if ((await answered).status() === 429) return
  }
  throw new Error('Fifty passwords could be tried.')
}
