import { readFile } from 'node:fs/promises'
import type { Locator } from 'playwright-core'
import { encode } from 'uqr'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { giveRole, guest } from '../support/people.ts'
import { until } from '../support/until.ts'
import { listInPostgres, newPerson, type Person } from './app.ts'
import { madeList } from './made-list.ts'
import { dialogOf, joinAs } from './people-page.ts'
import { useApp } from './use-app.ts'

const REMOVED = 'Alice removed you from this list.'

const app = useApp()
let alice: Person
let bob: Person
/** Each test has a list of its own. */
let made = 0
let title: string
let listId: string

beforeAll(async () => {
  ;[alice, bob] = [await newPerson(app.browser, app.server), await newPerson(app.browser, app.server)]
  // Desktops have no share sheet; phones do.
  await alice.page.addInitScript(() => {
    navigator.share = async ({ url } = {}) => {
      document.documentElement.dataset['sent'] = url ?? ''
    }
  })
  await alice.become('Alice')
  await bob.become('Bob')
})
beforeEach(async () => {
  made += 1
  title = `Groceries ${made}`
  listId = await madeList(app.server, alice, title, ['Milk', 'Bread'])
})
afterEach(async () => {
  for (const person of [alice, bob]) {
    person.network.resume()
    await person.goOnline()
  }
  expect([...alice.complaints.splice(0), ...bob.complaints.splice(0)]).toEqual([])
})
afterAll(async () => {
  await alice?.leave()
  await bob?.leave()
})

async function aliceShares(): Promise<void> {
  await alice.openList(listId)
  await dialogOf(alice).open()
}

/** Bob has the list, and looks at it while Alice has its people open. */
async function bothLook(role = 'editor'): Promise<void> {
  const grant = { listId, userId: bob.session().user.id, role }
  await giveRole(app.server.url, alice.session().token, grant)
  await Promise.all([aliceShares(), bob.openList(listId)])
  await bob.untilTitles(['Milk', 'Bread'])
}

/** On the page of all lists. */
function linkTo({ page }: Person): Locator {
  return page.locator('#content').getByRole('link', { name: new RegExp(`${title}\\b`) })
}

it('[APP-1][N-06] an invitation puts the list on the open page of somebody who has none, without a reload, and both edit it', async () => {
  const carla = await newPerson(app.browser, app.server)
  await carla.signIn('Carla')
  await carla.page.evaluate(() => Object.assign(window, { isSamePage: true }))
  await aliceShares()
  await dialogOf(alice).invite(carla)
  await linkTo(carla).click()
  await carla.untilTitles(['Milk', 'Bread'])
  expect(await carla.page.evaluate(() => 'isSamePage' in window)).toBe(true)
  await carla.add('Eggs')
  await alice.untilTitles(['Milk', 'Bread', 'Eggs'])
  await dialogOf(alice).dialog.getByText('invited by Alice').waitFor()
  expect(carla.complaints).toEqual([])
  await carla.leave()
})

it('[APP-3][P-07][P-08][P-10] removed while looking: within 2 s the page says by whom and shows none of it; whom he invited goes on, and Alice is asked about them', async () => {
  await bothLook('admin')
  await dialogOf(bob).open()
  const secret = await dialogOf(bob).link()
  await dialogOf(bob).close()
  const dave = await newPerson(app.browser, app.server)
  await joinAs(dave, 'Dave', secret)
  await dave.untilTitles(['Milk', 'Bread'])
  await dialogOf(alice).dialog.getByLabel('What Dave may do').waitFor()

  // A notice names what it is about as well.
  await bob.add('Beer')
  await bob.remove('Beer')
  await bob.page.locator('.toast', { hasText: 'Beer' }).waitFor()
  // Taken in Bob's page, so that the test's own waiting is not counted.
  await bob.page.evaluate((words) => {
    const isThere = (): boolean => document.body.innerText.includes(words)
    new MutationObserver(() => {
      if (isThere()) document.documentElement.dataset['toldAt'] ??= String(Date.now())
    }).observe(document.body, { childList: true, subtree: true, characterData: true })
  }, REMOVED)
  await dialogOf(alice).choose('More for Bob', 'Remove Bob')
  const confirm = dialogOf(alice).question.getByRole('button', { name: 'Remove Bob' })
  await confirm.waitFor()
  const before = Date.now()
  await confirm.click()
  await bob.page.getByText(REMOVED).waitFor()
  const toldAt = await bob.page.evaluate(() => Number(document.documentElement.dataset['toldAt']))
  console.info(`told ${toldAt - before} ms after the press`)
  expect(toldAt - before).toBeLessThan(2_000)
  const shown = await bob.page.locator('body').innerText()
  for (const item of ['Milk', 'Bread', 'Beer', 'Alice (', 'Dave']) expect(shown).not.toContain(item)

  await alice.page.getByText('Bob invited 1 person (Dave). Remove them too?').waitFor()
  await alice.page.getByRole('button', { name: 'Keep them' }).click()
  await dave.add('Eggs')
  await alice.untilTitles(['Milk', 'Bread', 'Eggs'])
  expect(dave.complaints).toEqual([])
  await dave.leave()

  await bob.page.getByRole('button', { name: 'Take it off my lists' }).click()
  await bob.page.getByRole('heading', { name: 'Lists', exact: true }).waitFor()
  await linkTo(bob).waitFor({ state: 'detached' })
})

it('[APP-4][A6.11][F-12][P-24] removed while offline with 3 edits: they are named, can be exported and forgotten, and are never applied', async () => {
  await bothLook()
  await bob.goOffline()
  await bob.untilStatus('Offline')
  await bob.add('Beer')
  await bob.tick('Milk')
  await bob.rename('Bread', 'Rye bread')
  await bob.untilStatus('3 changes kept on this device')
  await dialogOf(alice).remove('Bob')
  await dialogOf(alice).dialog.getByLabel('What Bob may do').waitFor({ state: 'detached' })
  await bob.goOnline()

  await bob.page.getByText(REMOVED).waitFor()
  await bob.page.getByText('3 changes of yours could not be saved.').waitFor()
  await bob.page.getByText('Add “Beer”').waitFor()
  await bob.page.reload()
  await bob.page.getByText('3 changes of yours could not be saved.').waitFor()
  const download = bob.page.waitForEvent('download')
  await bob.page.getByRole('button', { name: 'Export them' }).click()
  const exported = await readFile(await (await download).path(), 'utf8')
  for (const text of ['Beer', 'Rye bread']) expect(exported).toContain(text)

  await bob.page.getByRole('button', { name: 'Forget them' }).click()
  await bob.page.getByRole('alertdialog').getByRole('button', { name: 'Forget them' }).click()
  await bob.page.getByRole('heading', { name: 'Lists', exact: true }).waitFor()
  await linkTo(bob).waitFor({ state: 'detached' })
  expect(await listInPostgres(app.server.databaseUrl ?? '', listId)).toEqual(['Bread', 'Milk'])
  expect(await alice.titles()).toEqual(['Milk', 'Bread'])
})

it('[APP-5][A6.12][P-21] a changed role locks and opens what it concerns on the open page, and says who did it', async () => {
  await bothLook()
  const { page } = bob
  await page.getByRole('button', { name: 'Rename Milk', exact: true }).click()
  await page.getByLabel('New name of Milk').fill('Oat milk')
  await dialogOf(alice).setRole('Bob', 'can tick')
  await page.getByText('Alice changed what you may do with this list: you can tick things off.').waitFor()
  await page.getByLabel('New item').waitFor({ state: 'detached' })
  const field = page.getByLabel('New name of Milk')
  expect([await field.inputValue(), await field.isEditable()]).toEqual(['Oat milk', false])
  await field.press('Enter')
  expect(await page.getByRole('button', { name: 'Rename Bread', exact: true }).isDisabled()).toBe(true)
  expect(await page.getByRole('button', { name: /^(Delete|Move) / }).count()).toBe(0)
  await bob.tick('Bread')
  await until(() => alice.page.getByRole('checkbox', { name: 'Bread' }).isChecked())

  await dialogOf(alice).setRole('Bob', 'can look')
  await page.getByText('you can look at it.').waitFor()
  await until(() => page.getByRole('checkbox', { name: 'Milk' }).isDisabled())
  expect(await page.locator('#content header').getByRole('button', { name: /^Undo/ }).count()).toBe(0)

  await dialogOf(alice).setRole('Bob', 'can edit')
  await bob.add('Eggs')
  await alice.untilTitles(['Milk', 'Eggs', 'Bread'])
})

it('[APP-95][P-10] on a line that takes its time nothing that is pressed is lost or done twice, and what fails is said by name, also when the dialog is closed', async () => {
  await aliceShares()
  const { dialog } = dialogOf(alice)
  const { network, page } = alice
  const whom = dialog.getByLabel('E-mail address or user id')
  const [carol, dave] = [await guest(app.server.url, 'Carol'), await guest(app.server.url, 'Dave')]
  const sent: string[] = []
  page.on('request', (request) => {
    // Other lists of hers may be read without a socket meanwhile.
    if (request.method() !== 'GET' && request.url().includes(`/lists/${listId}/`)) sent.push(request.method())
  })
  network.pause('up')
  await whom.fill(carol.userId)
  await whom.press('Enter')
  await whom.press('Enter')
  await whom.fill(dave.userId)
  await whom.press('Enter')
  network.resume()
  for (const name of ['Carol', 'Dave']) await dialog.getByLabel(`What ${name} may do`).waitFor()
  await until(async () => (await whom.inputValue()) === '')
  expect(sent).toEqual(['POST', 'POST'])

  network.pause('up')
  await dialogOf(alice).remove('Carol')
  await dialogOf(alice).remove('Carol')
  network.resume()
  await dialog.getByLabel('What Carol may do').waitFor({ state: 'detached' })
  await dialogOf(alice).setRole('Dave', 'can tick')
  expect([sent.length, await dialog.getByRole('alert').count()]).toEqual([4, 0])

  await dialogOf(alice).link({ password: 'a long password' })
  const address = await dialog.getByLabel('Address of the link').inputValue()
  await alice.goOffline()
  await dialog.getByText('You are offline. Changing people and links needs a connection.').waitFor()
  await whom.fill('eve@example.org')
  await whom.press('Enter')
  await dialog
    .getByText('Invite eve@example.org: The server cannot be reached. This needs a connection')
    .waitFor()
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  await dialog.getByText('Make a link: The server cannot be reached.').waitFor()
  await dialog.getByLabel('What Dave may do').selectOption({ label: 'can look' })
  await dialog.getByText('What Dave may do: The server cannot be reached.').waitFor()
  // What was typed and made is still there, and what is not true is not shown.
  expect(await whom.inputValue()).toBe('eve@example.org')
  expect(await dialog.getByLabel('Password', { exact: true }).inputValue()).toBe('a long password')
  expect(await dialog.getByLabel('Address of the link').inputValue()).toBe(address)
  const role = dialog.getByLabel('What Dave may do').locator('option:checked')
  await until(async () => (await role.textContent()) === 'can tick')
  await alice.goOnline()
  await dialog.getByText('You are offline.').waitFor({ state: 'detached' })

  network.pause('up')
  await dialogOf(alice).remove('Dave')
  await dialogOf(alice).close()
  network.dropNewConnections(true)
  network.cut()
  await page.getByText('Remove Dave: The server cannot be reached.').waitFor()
  network.dropNewConnections(false)
})

it('[APP-6] a deleted list leaves every page with the name of who deleted it, and comes back from the overview', async () => {
  await bothLook()
  const ends = alice.page.getByRole('button', { name: 'Delete the list' })
  await ends.click()
  await dialogOf(alice).question.waitFor()
  await alice.page.keyboard.press('Escape')
  await until(() => ends.evaluate((button) => button === document.activeElement))
  await alice.page.keyboard.press('Enter')
  await dialogOf(alice).question.getByRole('button', { name: 'Delete', exact: true }).click()
  await bob.page.getByText('Alice deleted this list.').waitFor()
  await alice.page.getByRole('heading', { name: 'Lists', exact: true }).waitFor()
  await linkTo(alice).waitFor({ state: 'detached' })
  await alice.page.getByText('Deleted lists').click()
  await alice.page.getByRole('button', { name: `Restore \u2068${title}\u2069` }).click()
  await linkTo(alice).click()
  await alice.untilTitles(['Milk', 'Bread'])
  await bob.page.getByRole('button', { name: 'Look whether it was restored' }).click()
  await bob.untilTitles(['Milk', 'Bread'])
})

it('[APP-67] a link leaves by copying, by the phone’s share sheet and as a QR code, which holds its address; switched off with all who came by it, they are out', async () => {
  await aliceShares()
  const { dialog } = dialogOf(alice)
  const secret = await dialogOf(alice).link({ uses: 3 })
  const address = await dialog.getByLabel('Address of the link').inputValue()
  await dialog.getByRole('button', { name: 'QR code' }).click()
  const drawn = (await dialog.locator('.qr path').getAttribute('d')) ?? ''
  expect(darkIn(drawn)).toEqual(darkOf(encode(address, { ecc: 'M', border: 4 }).data))
  await dialog.getByRole('button', { name: 'Send …' }).click()
  await until(
    async () => (await alice.page.evaluate(() => document.documentElement.dataset['sent'])) === address,
  )

  const dave = await newPerson(app.browser, app.server)
  await joinAs(dave, 'Dave', secret)
  await dave.untilTitles(['Milk', 'Bread'])
  await dialog.getByText('used 1 of 3 times').waitFor()
  await dialogOf(alice).choose(/used 1 of 3 times/, 'Switch off and remove who came by it')
  await dialogOf(alice).question.getByRole('button', { name: 'Switch off and remove' }).click()
  await dave.page.getByText('Nothing of it is on this device any more.').waitFor()
  await dialog.getByText('used 1 of 3 times').waitFor({ state: 'detached' })
  expect(dave.complaints).toEqual([])
  await dave.leave()
})

it('[APP-67][P-19] without a name for the others from then on; another owner by a question; the last owner may leave', async () => {
  await bothLook()
  await dialogOf(bob).open()
  await dialogOf(bob).dialog.getByLabel('Hide my name from the others in this list').click()
  await dialogOf(bob).dialog.getByText('name hidden').waitFor()
  await dialogOf(alice).dialog.getByText('name hidden').waitFor()
  expect(await dialogOf(alice).dialog.getByText('Bob', { exact: true }).count()).toBe(0)
  await dialogOf(bob).dialog.getByLabel('Hide my name from the others in this list').click()
  await dialogOf(alice).dialog.getByText('Bob', { exact: true }).waitFor()

  expect(await dialogOf(alice).dialog.getByRole('button', { name: 'Leave the list' }).count()).toBe(0)
  await dialogOf(alice).choose('More for Bob', 'Make Bob the owner')
  await dialogOf(alice).question.getByText('There is one owner.').waitFor()
  await dialogOf(alice).question.getByRole('button', { name: 'Make Bob the owner' }).click()
  await dialogOf(bob).dialog.getByLabel('What Alice may do').waitFor()
  await dialogOf(alice).dialog.getByRole('button', { name: 'Leave the list' }).click()
  await dialogOf(alice).question.getByRole('button', { name: 'Leave', exact: true }).click()
  await alice.page.getByRole('heading', { name: 'Lists' }).waitFor()
  await dialogOf(bob).dialog.getByLabel('What Alice may do').waitFor({ state: 'detached' })
})

/** Each dark module as "x y". */
function darkOf(rows: readonly (readonly boolean[])[]): string[] {
  return rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x} ${y}`] : [])))
}

/** The same, from the runs that were drawn. */
function darkIn(path: string): string[] {
  return [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].flatMap(([, x, y, length]) =>
    Array.from({ length: Number(length) }, (_, at) => `${Number(x) + at} ${y}`),
  )
}
