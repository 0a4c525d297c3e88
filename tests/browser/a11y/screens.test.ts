import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { createList, giveRole, guest } from '../../support/people.ts'
import { until } from '../../support/until.ts'
import { newPerson } from '../app.ts'
import { helperOn, idOf } from '../list-page.ts'
import { chooseFile, listMenu } from '../lists-page.ts'
import { madeList } from '../made-list.ts'
import { dialogOf, followLink, joinAs } from '../people-page.ts'
import { useApp } from '../use-app.ts'
import { auditorOf } from './audit.ts'

const app = useApp()

const DAY = 24 * 60 * 60 * 1000
/** Some hundred looks; a busy machine needs a second for each. */
const PATIENCE = 240_000
const dayFrom = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10)

const buttonOf = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const choose = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name }).click()

const OVERLAYS = '[role=dialog], [role=alertdialog], [role=menu]'

/** Closes what is open above everything else. Focus is in it, also a moment after what was above it has gone. */
async function closeTop(page: Page): Promise<void> {
  const open = page.locator(OVERLAYS)
  const before = await open.count()
  const hasFocus = () => page.evaluate((top) => document.activeElement?.closest(top) !== null, OVERLAYS)
  await until(hasFocus, { what: 'the focus to be in what is open' })
  await page.keyboard.press('Escape')
  await until(async () => (await open.count()) < before, { what: 'it to close' })
}

it('[APP-90][APP-93] around the lists: no rule of WCAG 2.2 AA is broken in light, dark, right to left and on a phone, 320 px are enough, and nothing moves for who wants no motion', {
  timeout: PATIENCE,
}, async () => {
  const anna = await newPerson(app.browser, app.server)
  const { page } = anna
  const { look, faults } = await auditorOf(page)
  const close = () => closeTop(page)
  const view = (name: string) => page.locator('.views').getByRole('link', { name }).click()
  await page.goto(anna.origin)
  await look('sign-in', '.welcome form')
  await buttonOf(page, 'Make an account').click()
  await look('making an account', '.welcome [type=password]')
  await anna.become('Anna')
  await page.goto(anna.origin)
  await look('overview of nothing', '.templates')
  await buttonOf(page, 'Import a file').click()
  await chooseFile(page, 'camping.md', '# Camping\n\n## Kitchen\n\n- [ ] Stove\n- [x] Pan\n')
  await look('import', '[role=dialog] .stack, [role=dialog] form')
  await close()

  const me = anna.session().user.id
  await madeList(app.server, anna, 'Office', (list) => {
    const items = [{ title: 'Call the bank', due: { date: dayFrom(0) } }, 'Write to Marta', 'Old paper']
    const [bank = '', , paper = ''] = list.items.addMany(items).value
    list.items.assign(bank, { add: [me] })
    list.items.remove(paper)
  })
  await madeList(app.server, anna, 'Camping')
  const bo = await guest(app.server.url, 'Bo')
  const { id: party } = await createList(app.server.url, bo.token, { title: 'Party' })
  await giveRole(app.server.url, bo.token, { listId: party, userId: me, role: 'editor' })
  await page.reload()
  await listMenu(anna, 'Camping', 'Delete this list')
  await look('deleting a list', '[role=alertdialog]')
  await buttonOf(page, 'Delete').click()
  await page.locator('.toast button').last().click()
  await page.getByText('Deleted lists').click()
  await buttonOf(page, /^Restore .*Camping/).waitFor()
  await look('overview', '.overview-lists a')
  await buttonOf(page, 'Other ways to make a list').click()
  await look('menu', '[role=menu]')
  await choose(page, 'A copy of a list')
  await look('copy of which list', '[role=dialog] .choices')
  await close()
  for (const [action, shows] of [
    ['Folder', '.choice[aria-pressed=true]'],
    ['Sort', '.choice [type=radio]'],
    ['Duplicate', '[type=checkbox]'],
    ['Export', '.choice .hint'],
  ] as const) {
    await listMenu(anna, 'Office', action)
    await look(action, `[role=dialog] ${shows}`)
    await close()
  }
  await listMenu(anna, 'Party', 'Leave this list')
  await look('leaving a list', '[role=alertdialog]')
  await close()

  await view('Today')
  await look('today', 'main .light-row')
  await buttonOf(page, /^Reschedule/).click()
  await look('another day', '[role=menu]')
  await close()
  await view('Assigned')
  await look('assigned', 'main .light-row')
  await view('Trash')
  await look('trash', 'main .light-row')
  await buttonOf(page, /^Delete .*Old paper.* for good$/).click()
  await look('deleting for good', '[role=alertdialog]')
  await close()
  await view('Search')
  await page.getByLabel('Search in all lists').fill('marta')
  await look('search', 'mark')
  await page.goto(`${anna.origin}/nothing/like/this`)
  await look('no such page', 'main h1')
  await page.keyboard.press('Control+k')
  await page.getByRole('option').first().waitFor()
  await look('palette', '[role=dialog] [role=option]')
  await page.getByRole('option', { name: 'Settings' }).click()
  await look('settings', 'main fieldset')
  await page.keyboard.press('?')
  await look('help', '[role=dialog] dl')
  await close()
  await page.setViewportSize({ width: 390, height: 844 })
  await buttonOf(page, 'Open the sidebar').click()
  const onPhone = await auditorOf(page, 'phone')
  await onPhone.look('drawer', '[data-drawer=open] .side')
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1320, height: 800 })

  await until(() => page.evaluate(() => navigator.serviceWorker.controller !== null))
  await page.evaluate(aNewVersionWaits)
  await page.evaluate(() => {
    localStorage.setItem('tandem:visits', '2')
    dispatchEvent(new Event('beforeinstallprompt'))
  })
  await look('banners', '.banners .banner:nth-child(2)')
  await page.locator('.side').getByRole('link', { name: 'Office' }).click()
  await anna.untilStatus('Saved')
  await anna.goOffline()
  await anna.add('Stamps')
  await page.locator('.sidebar-foot a').click()
  await page.locator('main').getByRole('button', { name: 'Sign out', exact: true }).click()
  await look('signing out over edits that wait', '[role=alertdialog] li')
  await close()
  await page.goto(`${anna.origin}/l/00000000-0000-4000-8000-000000000000`)
  await page.getByText('Not on this device yet').waitFor()
  await look('not on this device', '.list-empty')
  expect([...faults, ...onPhone.faults]).toEqual([])
  await anna.leave()
})

/** Runs in the page: as the browser tells of it. */
async function aNewVersionWaits(): Promise<void> {
  const registration = await navigator.serviceWorker.ready
  const worker = Object.assign(new EventTarget(), { state: 'installed' })
  Object.defineProperty(registration, 'installing', { value: worker })
  registration.dispatchEvent(new Event('updatefound'))
  worker.dispatchEvent(new Event('statechange'))
}

it('[APP-90][APP-93][APP-98] a list and all that opens in it, a filter by label and person as well: no rule of WCAG 2.2 AA is broken in light, dark, right to left and on a phone, 320 px are enough, and nothing moves for who wants no motion', {
  timeout: PATIENCE,
}, async () => {
  const anna = await newPerson(app.browser, app.server, { viewport: { width: 1320, height: 800 } })
  const { page } = anna
  const { look, faults } = await auditorOf(page)
  const close = () => closeTop(page)
  await anna.become('Anna')
  const me = anna.session().user.id
  await madeList(app.server, anna, 'Office')
  const listId = await madeList(app.server, anna, 'Groceries')
  await anna.openList(listId)
  await look('empty list', '.list-empty')

  const { list, client } = await helperOn(app.server, anna, listId)
  const label = list.labels.add('errands', 'green').value
  const section = list.sections.add('Household').value
  const [milk = ''] = list.items.addMany([
    {
      title: 'Milk',
      due: { date: dayFrom(-1) },
      priority: 3,
      quantity: '2 l',
      labels: [label],
      remindAt: [`${dayFrom(1)}T09:00Z`],
    },
    { title: 'Bread', notes: 'See https://example.org/bread' },
    { title: 'خبز', repeat: 'FREQ=WEEKLY', due: { date: dayFrom(-1) } },
    { title: 'Soap', place: { at: 'end', section } },
    { title: 'Paid already', done: true },
    { title: 'In the bin' },
  ]).value
  list.items.add({ title: 'Semi-skimmed', place: { at: 'end', parent: milk } })
  list.items.assign(milk, { add: [me] })
  list.items.remove(idOf(list, 'In the bin'))
  list.comments.add(milk, 'Which one?')
  list.comments.resolve(list.comments.add(milk, 'None left in the shop').value, true)
  list.presence.set({ editing: idOf(list, 'Soap') })
  await page.getByText('Trash (1)').click()
  await anna.openDone()
  await page.locator('.row-presence').waitFor()
  await look('list', '.item')
  await buttonOf(page, /^Delete .*In the bin.* for good$/).click()
  await look('deleting for good', '[role=alertdialog]')
  await close()
  await buttonOf(page, 'More for this list').click()
  await look('menu of the list', '[role=menu]')
  await choose(page, 'History')
  await look('history', '[role=dialog] .history-line button')
  await close()
  await buttonOf(page, /^Filter/).click()
  await look('choosing a filter', '.picker')
  await page.getByRole('option', { name: 'errands' }).click()
  await buttonOf(page, /^Filter/).click()
  await page.getByRole('option', { name: 'Assigned to you' }).click()
  await look('filtered', '.view-chips li:nth-child(2)')
  for (let chips = 2; chips > 0; chips--) await page.locator('.view-chips button').first().click()

  await anna.rename('Milk', 'Oat milk')
  await buttonOf(page, 'Rename Bread').click()
  await look('row in editing', '.title-field')
  await page.keyboard.press('Escape')
  await buttonOf(page, 'More for Bread').click()
  await look('menu of a row', '[role=menu]')
  await close()
  await page.getByLabel('New item').fill('2x bread tomorrow @Anna #errands /Household !3')
  await page.locator('.add-chip').nth(4).waitFor()
  await look('quick add', '.add-chip')
  await page.getByLabel('New item').fill('')
  await buttonOf(page, /^Here now/).click()
  await look('people who are here', '[role=dialog]')
  await close()

  await buttonOf(page, 'Details of Oat milk').click()
  const detail = page.locator('.detail')
  await detail.getByLabel('Write a comment').fill('The one with the blue cap')
  await detail.getByRole('button', { name: 'Send' }).click()
  await look('details', '.detail .comment')
  // Narrower, so that the panel is one and the same in all looks, with what is open in it.
  await page.setViewportSize({ width: 1200, height: 800 })
  const inWindow = await auditorOf(page, 'window')
  await detail.getByText('1 resolved comment').click()
  await detail.getByRole('button', { name: 'Add a reminder' }).click()
  await choose(page, 'At a time of your own')
  await detail.getByLabel('Repeat').selectOption({ label: 'Something else …' })
  await detail.locator('.comment', { hasText: 'blue cap' }).getByRole('button', { name: 'More' }).click()
  await choose(page, 'Edit')
  await inWindow.look('details in editing', '.weekdays')
  await detail.getByLabel('Unit').selectOption('MONTHLY')
  await inWindow.look('repeating by month', '.repeat-editor [type=radio]')
  await buttonOf(page, 'Edit labels').click()
  await inWindow.look('editing labels', '[role=dialog] .color-field')
  await close()
  await detail.getByRole('button', { name: 'More', exact: true }).first().click()
  await choose(page, 'another list')
  await inWindow.look('to which list', '.picker')
  await close()
  await page.setViewportSize({ width: 1320, height: 800 })
  await page.goBack()
  await page.getByRole('checkbox', { name: 'Bread' }).focus()
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+ArrowDown')
  await look('selection', '[role=toolbar]')
  const bar = page.getByRole('toolbar')
  for (const what of ['Label', 'Assign', 'Move'] as const) {
    await bar.getByRole('button', { name: what }).click()
    await look(what, '[role=dialog]')
    await close()
  }
  await bar.getByRole('button', { name: 'Due' }).click()
  await look('due on', '[role=menu]')
  await choose(page, 'Another day')
  await look('due on another day', '[role=dialog] [type=date]')
  await close()
  await buttonOf(page, 'Stop selecting').click()
  await buttonOf(page, 'Rename Soap').click()
  await page.getByLabel('New name of Soap').fill('Soap for hands')
  list.items.remove(idOf(list, 'Soap'))
  await look('deleted under its editor', '.removed-edit')
  await buttonOf(page, 'Leave it deleted').click()

  // Both name one thing without seeing each other; and one is away while the other goes on.
  await anna.untilStatus('Saved')
  await anna.goOffline()
  await anna.untilStatus('Offline')
  await anna.rename('Bread', 'Rye bread')
  list.items.update(idOf(list, 'Bread'), { title: 'White bread' })
  await client.flush({ timeoutMs: 20_000 })
  await page.locator('output.status button').click()
  await look('what is saved', '[role=dialog] li')
  await close()
  await anna.goOnline()
  await page.locator('.collision').waitFor()
  await anna.untilStatus('Saved')
  await page.goto('about:blank')
  list.items.add('While you were away')
  await client.flush({ timeoutMs: 20_000 })
  await anna.openList(listId)
  await page.locator('.digest').waitFor()
  await look('after being away', '.digest')

  await page.evaluate(() => {
    const fail = (): never => {
      throw new DOMException('The disk is broken.', 'UnknownError')
    }
    Object.assign(IDBObjectStore.prototype, { add: fail, put: fail })
  })
  await anna.add('Not kept')
  await anna.tick('Not kept')
  await page.locator('.toast').first().waitFor()
  await look('a device that does not save, and a notice', '[role=alert]')
  expect([...faults, ...inWindow.faults]).toEqual([])
  await client.close()
  await anna.leave()
})

it('[APP-90][APP-93] sharing and joining: no rule of WCAG 2.2 AA is broken in light, dark, right to left and on a phone, 320 px are enough, and nothing moves for who wants no motion', {
  timeout: PATIENCE,
}, async () => {
  const anna = await newPerson(app.browser, app.server)
  const bo = await newPerson(app.browser, app.server)
  const ofAnna = await auditorOf(anna.page)
  const ofBo = await auditorOf(bo.page)
  const { open, link, setRole, dialog, question } = dialogOf(anna)
  await anna.become('Anna')
  const listId = await madeList(app.server, anna, 'Groceries', ['Milk'])
  await anna.openList(listId)
  await anna.untilTitles(['Milk'])
  await open()
  const secret = await link({ password: 'watermelon' })
  await followLink(bo, secret)
  await bo.page.getByRole('heading', { name: 'Groceries' }).waitFor()
  await ofBo.look('join', 'form')
  await joinAs(bo, 'Bo', await link({ uses: 3, role: 'can manage people' }))
  await bo.untilTitles(['Milk'])
  await dialog.getByText('used 1 of 3 times').waitFor()
  await dialog.getByLabel('E-mail address or user id').fill('dave@example.org')
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click()
  await dialog.getByRole('button', { name: 'QR code' }).click()
  await dialog.getByRole('button', { name: /^Withdraw .*dave@example.org/ }).waitFor()
  await ofAnna.look('sharing', '[role=dialog] .qr')

  // He lets somebody in, and edits without a network while he is made one who looks.
  const answer = await bo.context.request.post(`${bo.origin}/api/v1/auth/token`)
  const { token } = (await answer.json()) as { token: string }
  const carla = await guest(app.server.url, 'Carla')
  await giveRole(app.server.url, token, { listId, userId: carla.userId, role: 'editor' })
  await dialog.getByLabel('What Carla may do').waitFor()
  await bo.untilStatus('Saved')
  await bo.goOffline()
  await bo.untilStatus('Offline')
  await bo.add('Beer')
  await bo.rename('Milk', 'Oat milk')
  await bo.untilStatus('2 changes kept')
  await setRole('Bo', 'can look')
  await bo.goOnline()
  await bo.untilStatus('some changes were refused')
  await ofBo.look('a list to look at', 'output.status[data-state=attention]')
  await bo.page.locator('output.status button').click()
  await ofBo.look('refused edits', '[role=dialog] .rows li')
  await bo.page.locator('.rows li').first().getByRole('button', { name: 'Give up' }).click()
  await ofBo.look('giving up an edit', '[role=alertdialog]')
  await closeTop(bo.page)
  await closeTop(bo.page)
  await dialogOf(bo).open()
  await ofBo.look('people of a list', '[role=dialog] .person')
  await dialogOf(bo).close()

  await dialog.getByRole('button', { name: 'More for Bo' }).click()
  await choose(anna.page, 'Remove Bo')
  await ofAnna.look('removing somebody', '[role=alertdialog]')
  await question.getByRole('button', { name: 'Remove Bo' }).click()
  await dialog.getByText('Bo invited 1 person').waitFor()
  await ofAnna.look('who was invited by them', '[role=dialog] [role=status]')
  await bo.page.getByText('Anna removed you from this list.').waitFor()
  await ofBo.look('removed', '.notice .refused')
  await followLink(bo, 'A'.repeat(32))
  await bo.page.getByText('No such link.').waitFor()
  await ofBo.look('a link that opens nothing', '[role=alert]')
  expect([...ofAnna.faults, ...ofBo.faults]).toEqual([])
  expect([...anna.complaints, ...bo.complaints]).toEqual([])
  await anna.leave()
  await bo.leave()
})
