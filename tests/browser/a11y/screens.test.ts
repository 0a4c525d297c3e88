import { expect, it } from 'vitest'
import { until } from '../../support/until.ts'
import { newPerson } from '../app.ts'
import { helperOn, idOf, rowOf } from '../list-page.ts'
import { dialogOf, followLink, joinAs } from '../people-page.ts'
import { useApp } from '../use-app.ts'
import { auditorOf } from './audit.ts'

const app = useApp()

const DAY = 24 * 60 * 60 * 1000
/** Some hundred looks; a busy machine needs half a second for each. */
const PATIENCE = 240_000

it('[APP-90] around the lists: no rule of WCAG 2.2 AA is broken in light, dark, right to left and on a phone, and 320 px are enough', {
  timeout: PATIENCE,
}, async () => {
  const anna = await newPerson(app.browser, app.server)
  const { page } = anna
  const { look, faults } = await auditorOf(page)
  const open = (path: string) => page.goto(`${anna.origin}${path}`)
  await page.goto(anna.origin)
  await look('sign-in', '.welcome form')
  await anna.signIn('Anna')
  await look('overview of nothing', '.templates')
  await page.getByRole('button', { name: 'Import a file' }).click()
  await page.locator('input[type="file"]').setInputFiles({
    name: 'camping.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from('# Camping\n\n## Kitchen\n\n- [ ] Stove\n- [x] Pan\n'),
  })
  await look('import', '[role=dialog] .stack, [role=dialog] form')
  await page.keyboard.press('Escape')

  await anna.createList('Office')
  await anna.addWith('Call the bank today @Anna', 'Call the bank')
  await anna.add('Write to Marta')
  await anna.add('Old paper')
  await anna.remove('Old paper')
  await open('/')
  await anna.createList('Camping')
  await anna.untilStatus('Saved')
  await open('/')
  await look('overview', '.overview-lists a')
  await page.getByRole('button', { name: 'Other ways to make a list' }).click()
  await look('menu', '[role=menu]')
  await page.keyboard.press('Escape')
  for (const [path, shows] of [
    ['/today', 'main .item, main li'],
    ['/assigned', 'main li'],
    ['/trash', 'main li'],
    ['/search?q=marta', 'mark'],
    ['/settings', 'main fieldset, main form, main section'],
    ['/nothing/like/this', 'main h1'],
  ] as const) {
    await open(path)
    await look(path, shows)
  }
  await open('/settings')
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('option').first().waitFor()
  await look('palette', '[role=dialog] [role=option]')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await look('help', '[role=dialog] dl')
  await page.keyboard.press('Escape')
  await page.locator('main').getByRole('button', { name: 'Sign out', exact: true }).click()
  await look('signing out', '[role=alertdialog]')
  await page.keyboard.press('Escape')

  await until(() => page.evaluate(() => navigator.serviceWorker.controller !== null))
  await anna.goOffline()
  await open('/l/00000000-0000-4000-8000-000000000000')
  await page.getByText('Not on this device yet').waitFor()
  await look('not on this device', '.list-empty')
  expect(faults).toEqual([])
  await anna.leave()
})

it('[APP-90] a list and all that opens in it: no rule of WCAG 2.2 AA is broken in light, dark, right to left and on a phone, and 320 px are enough', {
  timeout: PATIENCE,
}, async () => {
  const anna = await newPerson(app.browser, app.server, { viewport: { width: 1320, height: 800 } })
  const { page } = anna
  const { look, faults } = await auditorOf(page)
  await anna.signIn('Anna')
  const listId = await anna.createList('Groceries')
  await look('empty list', '.list-empty')
  await anna.untilStatus('Saved')

  const { list, client } = await helperOn(app.server, anna, listId)
  const day = new Date(Date.now() - DAY).toISOString().slice(0, 10)
  const label = list.labels.add('errands', 'green').value
  const section = list.sections.add('Household').value
  list.items.addMany([
    { title: 'Milk', due: { date: day }, priority: 3, quantity: '2 l', labels: [label] },
    { title: 'Bread', notes: 'See https://example.org/bread' },
    { title: 'خبز', repeat: 'FREQ=WEEKLY', due: { date: day } },
    { title: 'Soap', place: { at: 'end', section } },
    { title: 'Paid already', done: true },
    { title: 'In the bin' },
  ])
  const milk = idOf(list, 'Milk')
  list.items.add({ title: 'Semi-skimmed', place: { at: 'end', parent: milk } })
  list.items.assign(milk, { add: [anna.session().user.id] })
  list.items.remove(idOf(list, 'In the bin'))
  list.comments.add(milk, 'Which one?')
  list.presence.set({ editing: idOf(list, 'Soap') })
  await page.getByText('Trash (1)').click()
  await anna.openDone()
  await page.locator('.row-presence').waitFor()
  await look('list', '.item')

  await anna.rename('Milk', 'Oat milk')
  await page.getByRole('button', { name: 'Rename Bread', exact: true }).click()
  await look('row in editing', '.title-field')
  await page.keyboard.press('Escape')
  await rowOf(page, 'Bread').getByRole('button', { name: 'More for Bread' }).click()
  await look('menu of a row', '[role=menu]')
  await page.keyboard.press('Escape')
  await page.getByLabel('New item').fill('2x bread tomorrow @Anna #errands /Household !3')
  await page.locator('.add-chip').nth(4).waitFor()
  await look('quick add', '.add-chip')
  await page.getByLabel('New item').fill('')
  await page.getByRole('button', { name: /^Here now/ }).click()
  await look('people who are here', '[role=dialog]')
  await page.keyboard.press('Escape')

  await rowOf(page, 'Oat milk').getByRole('button', { name: 'Details of Oat milk' }).click()
  await page.locator('.detail').waitFor()
  await look('details', '.detail')
  await page.goBack()
  await page.getByRole('checkbox', { name: 'Bread' }).focus()
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+ArrowDown')
  await look('selection', '[role=toolbar]')
  await page.getByRole('toolbar').getByRole('button', { name: 'Label' }).click()
  await look('choosing labels', '.picker')
  await page.keyboard.press('Escape')
  await page.getByRole('toolbar').getByRole('button', { name: 'Move' }).click()
  await look('moving', '[role=dialog]')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Stop selecting' }).click()

  // Both name one thing without seeing each other; and one is away while the other goes on.
  await anna.goOffline()
  await anna.untilStatus('Offline')
  await anna.rename('Bread', 'Rye bread')
  list.items.update(idOf(list, 'Bread'), { title: 'White bread' })
  await client.flush({ timeoutMs: 20_000 })
  await page.locator('output.status button').click()
  await look('what is saved', '[role=dialog] li')
  await page.keyboard.press('Escape')
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
  await look('a device that does not save', '[role=alert]')
  expect(faults).toEqual([])
  await client.close()
  await anna.leave()
})

it('[APP-90] sharing and joining: no rule of WCAG 2.2 AA is broken in light, dark, right to left and on a phone, and 320 px are enough', {
  timeout: PATIENCE,
}, async () => {
  const anna = await newPerson(app.browser, app.server)
  const bo = await newPerson(app.browser, app.server)
  const ofAnna = await auditorOf(anna.page)
  const ofBo = await auditorOf(bo.page)
  const { open, link, dialog } = dialogOf(anna)
  await anna.signIn('Anna')
  await anna.createList('Groceries')
  await anna.add('Milk')
  await anna.untilStatus('Saved')
  await open()
  const secret = await link({ password: 'watermelon' })
  await followLink(bo, secret)
  await bo.page.getByRole('heading', { name: 'Groceries' }).waitFor()
  await ofBo.look('join', 'form')
  await joinAs(bo, 'Bo', await link({ uses: 3 }))
  await bo.untilTitles(['Milk'])
  await dialog.getByText('used 1 of 3 times').waitFor()
  await dialog.getByRole('button', { name: 'QR code' }).click()
  await ofAnna.look('sharing', '[role=dialog] .qr')
  await dialogOf(anna).remove('Bo')
  await bo.page.getByText('Anna removed you from this list.').waitFor()
  await ofBo.look('removed', '.notice, main h1')
  await followLink(bo, 'A'.repeat(32))
  await bo.page.getByText('No such link.').waitFor()
  await ofBo.look('a link that opens nothing', '[role=alert]')
  expect([...ofAnna.faults, ...ofBo.faults]).toEqual([])
  expect([...anna.complaints, ...bo.complaints]).toEqual([])
  await anna.leave()
  await bo.leave()
})
