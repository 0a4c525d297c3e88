import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { newPerson, type Person } from './app.ts'
import { madeList } from './made-list.ts'
import { useApp } from './use-app.ts'

const PASSWORD = 'correct horse battery staple'

const app = useApp()

async function signUp({ page, origin }: Person, email: string): Promise<void> {
  await page.goto(origin)
  await page.getByRole('button', { name: 'Make an account' }).click()
  await page.getByLabel('Your name').fill('Ann')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Make account' }).click()
  await page.getByRole('heading', { name: 'Lists' }).waitFor()
}

/** The same by program, with a list on the device. */
async function withList(person: Person, email: string): Promise<string> {
  await person.become('Ann', { email, password: PASSWORD })
  const listId = await madeList(app.server, person, 'Groceries', ['Milk'])
  await person.openList(listId)
  await person.untilTitles(['Milk'])
  await person.untilStatus('Saved')
  return listId
}

async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByRole('button', { name: 'Sign in with a password' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** By the palette: from every page, and without a network. */
async function toSettings(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('option', { name: 'Settings' }).click()
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
}

const listLink = (page: Page, title: string) =>
  page.getByRole('main').getByRole('link', { name: new RegExp(title) })

const isSignedOut = (page: Page) => page.getByRole('button', { name: 'Start' }).waitFor()

/** Everything scripts of this page can read of what is kept: both storages, cookies, every row of every database, every cached answer. */
function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const spelled = (_key: string, value: unknown) =>
      value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value
    const found = [
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      document.cookie,
    ]
    for (const { name } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name ?? ''))
      for (const store of db.objectStoreNames) {
        const rows = db.transaction(store).objectStore(store)
        found.push(`${name}/${store}`, JSON.stringify(await done(rows.getAll()), spelled))
      }
      db.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      // The app's own files are of the build, and have names of chance.
      for (const { url } of await cache.keys()) if (!url.includes('/assets/')) found.push(url)
    }
    return found.join('\n')
  })
}

it('[APP-7] an account by hand: made, signed out, a wrong password refused in words, signed in again with its lists', async () => {
  const ann = await newPerson(app.browser, app.server)
  const { page } = ann
  await signUp(ann, 'ann@example.org')
  await ann.createList('Groceries')
  await ann.add('Milk')
  await ann.untilStatus('Saved')
  await page.getByLabel('New item').fill('Surprise party')
  await toSettings(page)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByText('You are signed out.', { exact: true }).waitFor()
  expect(await kept(page)).not.toMatch(/Milk|Groceries|Ann|Surprise/)
  await page.reload()
  await isSignedOut(page)

  await signIn(page, 'ann@example.org', 'wrong horse battery staple')
  await page.getByRole('alert').getByText('Invalid email or password.').waitFor()
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await listLink(page, 'Groceries').click()
  await ann.untilTitles(['Milk'])
  expect(ann.complaints).toEqual([])
  await ann.leave()
})

it('[APP-7][APP-8] signing out on all devices signs the other one out while it is open; its edits wait there until the person is back', async () => {
  const [phone, laptop] = [await newPerson(app.browser, app.server), await newPerson(app.browser, app.server)]
  const listId = await withList(phone, 'ben@example.org')
  await laptop.page.goto(laptop.origin)
  await signIn(laptop.page, 'ben@example.org')
  await listLink(laptop.page, 'Groceries').click()
  await laptop.untilTitles(['Milk'])

  await toSettings(phone.page)
  await phone.page.getByRole('button', { name: 'Sign out on all devices' }).click()
  await isSignedOut(phone.page)
  await laptop.page.getByText('You are signed out.').waitFor()
  await laptop.add('Bread')
  await laptop.page.getByRole('button', { name: 'Sign in again', exact: true }).click()
  await laptop.page.getByText('was signed out. Sign in again to go on.').waitFor()
  await signIn(laptop.page, 'ben@example.org')
  await laptop.untilTitles(['Milk', 'Bread'])
  await laptop.untilStatus('Saved')
  expect(new URL(laptop.page.url()).pathname).toBe(`/l/${listId}`)
  expect([...phone.complaints, ...laptop.complaints]).toEqual([])
  await phone.leave()
  await laptop.leave()
})

it('[APP-9] signed out without a network: the lists are off the device, the page says what is still open, and the session ends with the next connection', async () => {
  const ann = await newPerson(app.browser, app.server)
  const { page } = ann
  await withList(ann, 'cleo@example.org')
  await until(() => page.evaluate(() => navigator.serviceWorker.controller !== null))
  await toSettings(page)
  await ann.goOffline()
  await page.getByRole('button', { name: 'Sign out on all devices' }).click()
  await page.getByText('The server cannot be reached. This needs a connection.').waitFor()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByText('your session there ends as soon as this page is open with a connection').waitFor()
  expect(await kept(page)).not.toMatch(/Milk|Groceries|Ann/)
  await page.reload()
  await isSignedOut(page)
  const cookies = await ann.context.cookies()
  expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Lax' }])

  await ann.goOnline()
  const ended = page.waitForResponse((answer) => answer.url().endsWith('/accounts/sign-out'))
  await page.reload()
  expect((await ended).status()).toBe(200)
  await isSignedOut(page)
  // The cookie as a thief would have kept it opens nothing any more.
  await ann.context.addCookies(cookies)
  const token = await page.evaluate(() =>
    fetch('/api/v1/auth/token', { method: 'POST' }).then((r) => r.status),
  )
  expect(token).toBe(401)
  expect(ann.complaints).toEqual([])
  await ann.leave()
})

it('[APP-16] signing out over edits that wait names them by list, exports them, and signs out by itself once they are saved', async () => {
  const ann = await newPerson(app.browser, app.server)
  const { page } = ann
  await withList(ann, 'fay@example.org')
  await until(() => page.evaluate(() => navigator.serviceWorker.controller !== null))
  await ann.goOffline()
  await ann.add('Bread')
  await toSettings(page)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  const asked = page.getByRole('alertdialog', { name: 'Sign out?' })
  await asked.getByText('1 change is not on the server yet').waitFor()
  await asked.getByRole('link', { name: 'Groceries' }).waitFor()
  const download = page.waitForEvent('download')
  await asked.getByRole('button', { name: 'Export what waits' }).click()
  expect(await readFile(await (await download).path(), 'utf8')).toContain('Bread')

  await asked.getByRole('button', { name: 'Stay signed in' }).click()
  await asked.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await asked.getByRole('button', { name: 'Wait until they are saved' }).click()
  const waiting = asked.getByText('You are signed out as soon as everything is saved.')
  await waiting.waitFor()
  await asked.getByText('1 change is not on the server yet').waitFor()
  expect(await waiting.isVisible()).toBe(true)
  await ann.goOnline()
  await isSignedOut(page)
  expect(await kept(page)).not.toMatch(/Milk|Bread|Groceries/)
  await signIn(page, 'fay@example.org')
  await listLink(page, 'Groceries').click()
  await ann.untilTitles(['Milk', 'Bread'])
  expect(ann.complaints).toEqual([])
  await ann.leave()
})

it('[APP-10] nothing that scripts can read keeps a token, a cookie or a password, of an account and of a guest', async () => {
  const ann = await newPerson(app.browser, app.server)
  const tokens = new Set<string>()
  ann.page.on('request', (request) => {
    const [, token] = /^Bearer (.+)$/.exec(request.headers()['authorization'] ?? '') ?? []
    if (token !== undefined) tokens.add(token)
  })
  await signUp(ann, 'dora@example.org')
  await ann.createList('Groceries')
  await ann.add('Milk')
  await ann.untilStatus('Saved')
  await until(() => tokens.size > 0)
  const account = await kept(ann.page)
  expect(account).toContain('Milk')
  expect(account).not.toMatch(/eyJ[\w-]{10,}\./)
  expect(account).not.toContain(PASSWORD)
  const [cookie] = await ann.context.cookies()
  for (const secret of [...tokens, cookie?.value.slice(0, 20) ?? '']) {
    expect(secret.length).toBeGreaterThan(10)
    expect(account).not.toContain(secret)
  }
  await ann.leave()

  const guest = await newPerson(app.browser, app.server)
  await guest.signIn('Eve')
  await guest.createList('Camping')
  await guest.untilStatus('Saved')
  expect(await kept(guest.page)).not.toMatch(/eyJ[\w-]{10,}\./)
  await guest.leave()
})
