import { expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { newPerson, share } from './app.ts'
import { listMenu, sideOf, untilSide } from './lists-page.ts'
import { madeList } from './made-list.ts'
import { useApp } from './use-app.ts'

const app = useApp()

/** Where the browser is, and so is this process. */
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10)

it('[APP-50] pins, folders and sorting are kept as they were made, and a folder that is closed stays so', async () => {
  const anna = await newPerson(app.browser, app.server)
  await anna.become('Anna')
  const { page } = anna
  await madeList(app.server, anna, 'Shop', ['Pears', 'Apples'])
  await madeList(app.server, anna, 'Work')
  await page.goto(anna.origin)
  await listMenu(anna, 'Work', 'Pin to the top')
  await listMenu(anna, 'Shop', 'Folder')
  await page.getByLabel('Name of a new folder').fill('House')
  await page.getByRole('dialog').getByRole('button', { name: 'Make' }).click()
  await listMenu(anna, 'Shop', 'Sort')
  await page.getByRole('radio', { name: 'By title' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await untilSide(anna, { Pinned: ['Work'], House: ['Shop'] })
  await page.reload()
  await untilSide(anna, { Pinned: ['Work'], House: ['Shop'] })
  await page.locator('.side').getByRole('link', { name: 'Shop' }).click()
  await anna.untilTitles(['Apples', 'Pears'])
  await page.locator('.side').getByRole('button', { name: 'House' }).click()
  await page.reload()
  await untilSide(anna, { Pinned: ['Work'], House: [] })
  expect(anna.complaints).toEqual([])
  await anna.leave()
})

it('[APP-51][APP-52] what is due or mine, from a list that nobody has opened since the page was loaded, is ticked in place, undone and put off', async () => {
  const anna = await newPerson(app.browser, app.server)
  await anna.become('Anna')
  const due = { date: today() }
  await madeList(app.server, anna, 'Office', ({ items }) => {
    const [, paper = ''] = items.addMany([{ title: 'Call the bank', due }, 'Order paper']).value
    items.assign(paper, { add: [anna.session().user.id] })
  })
  await madeList(app.server, anna, 'Home', ({ items }) => {
    items.addMany([{ title: 'Water the plants', due }, 'Some day'])
  })
  const { page } = anna
  const box = (title: string) => page.getByRole('checkbox', { name: title, exact: true })

  await page.goto(`${anna.origin}/today`)
  await page.getByRole('link', { name: 'Today', exact: false }).first().waitFor()
  await box('Call the bank').click()
  await page.getByText('Done: ').waitFor()
  await until(() => box('Call the bank').isChecked())
  expect(await box('Water the plants').isChecked()).toBe(false)
  expect(await box('Some day').count()).toBe(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await until(async () => !(await box('Call the bank').isChecked()))

  await page.getByRole('button', { name: 'Reschedule \u2068Call the bank\u2069' }).click()
  await page.getByRole('menuitem', { name: 'Tomorrow' }).click()
  await box('Call the bank').waitFor({ state: 'detached' })
  await page.getByRole('link', { name: /Water the plants/ }).click()
  await until(() => /\/l\/.+\/i\//.test(page.url()))

  await page.goto(`${anna.origin}/assigned`)
  await box('Order paper').waitFor()
  expect(await page.getByRole('main').getByRole('checkbox').count()).toBe(1)
  await anna.goOffline()
  await box('Order paper').click()
  await until(() => box('Order paper').isChecked())
  // What is left of the list that was ticked in without being opened.
  await page.locator('.side').getByRole('link', { name: 'Office 1 open item offline', exact: true }).waitFor()
  await anna.goOnline()
  expect(anna.complaints).toEqual([])
  await anna.leave()
})

it('[APP-53] search finds as one types, marks without running anything, keeps its address, and has done items behind a switch', async () => {
  const anna = await newPerson(app.browser, app.server)
  await anna.become('Anna')
  const markup = 'Write to <img src=x onerror=alert(1)> Marta'
  await madeList(app.server, anna, 'Office', [markup, 'Marmalade for work'])
  await madeList(app.server, anna, 'Home', ({ items }) => items.add({ title: 'Old marmalade', done: true }))
  const { page } = anna
  const found = () => page.getByRole('main').locator('.light-title').allInnerTexts()

  await page.goto(anna.origin)
  await page.locator('.side').getByRole('link', { name: 'Search' }).click()
  await page.getByLabel('Search in all lists').fill('mar')
  await until(async () => (await found()).length === 2)
  expect(await page.locator('mark').allInnerTexts()).toEqual(['Mar', 'Mar'])
  expect(await page.getByRole('main').locator('.light-title img').count()).toBe(0)
  expect((await found()).some((title) => title.includes('<img src=x onerror=alert(1)>'))).toBe(true)
  await page.getByLabel('Search in all lists').fill('marma')
  await until(async () => (await found()).join() === 'Marmalade for work')
  await page.getByLabel('Done items too').check()
  await until(async () => (await found()).length === 2)
  expect(new URL(page.url()).search).toBe('?q=marma')
  await page.reload()
  await until(async () => (await found()).join() === 'Marmalade for work')
  await page.getByLabel('Search in all lists').fill('nowhere')
  await page.getByRole('heading', { name: /Nothing found/ }).waitFor()
  expect(anna.complaints).toEqual([])
  await anna.leave()
})

it('[APP-54] a new person begins with a template; a copy of it is fresh', async () => {
  const anna = await newPerson(app.browser, app.server)
  await anna.signIn('Anna')
  const { page } = anna
  await page.getByRole('heading', { name: 'Make your first list' }).waitFor()
  // Pressed twice, it is one list.
  await page.getByRole('button', { name: 'Groceries' }).dblclick()
  await anna.tick('Milk')
  expect(await page.getByRole('heading', { name: 'Fridge' }).count()).toBe(1)
  await listMenu(anna, 'Groceries', 'Duplicate')
  await page.getByLabel('Name of the copy').fill('Groceries of May')
  await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click()
  await page.getByRole('heading', { name: 'Groceries of May' }).waitFor()
  await page.getByRole('checkbox', { name: 'Milk', exact: true }).waitFor()
  expect(await page.getByRole('checkbox', { name: 'Milk', exact: true }).isChecked()).toBe(false)
  await until(async () => Object.values(await sideOf(anna)).flat().length === 2)
  expect(anna.complaints).toEqual([])
  await anna.leave()
})

it('[APP-55] the trash says from which list and by whom, gives back, and deletes for good only after a question', async () => {
  const [anna, bob] = [await newPerson(app.browser, app.server), await newPerson(app.browser, app.server)]
  await bob.become('Bob')
  await anna.become('Anna')
  const shop = await madeList(app.server, anna, 'Shop', ['Milk', 'Bread', 'Salt'])
  await share(app.server, anna, bob, shop)
  await Promise.all([anna.openList(shop), bob.openList(shop)])
  await bob.untilTitles(['Milk', 'Bread', 'Salt'])
  await bob.remove('Milk')
  await anna.untilTitles(['Bread', 'Salt'])
  await anna.remove('Salt')
  await anna.remove('Bread')
  await anna.untilStatus('Saved')

  const { page } = anna
  await page.goto(`${anna.origin}/trash`)
  const row = (title: string) => page.getByRole('main').locator('.light-row', { hasText: title })
  await row('Milk').getByText('Bob').waitFor()
  expect(await row('Bread').innerText()).toContain('deleted by you')
  expect(await row('Milk').innerText()).toContain('Shop')
  await page.getByRole('button', { name: 'Restore \u2068Milk\u2069' }).click()
  await row('Milk').waitFor({ state: 'detached' })
  await bob.untilTitles(['Milk'])

  await page.getByRole('button', { name: 'Delete \u2068Salt\u2069 for good' }).click()
  await page.getByRole('alertdialog').getByText('Cancel', { exact: true }).click()
  await row('Salt').waitFor()
  await page.getByRole('button', { name: 'Delete \u2068Salt\u2069 for good' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click()
  await row('Salt').waitFor({ state: 'detached' })
  await page.reload()
  await row('Bread').waitFor()
  expect(await row('Salt').count()).toBe(0)
  expect([...anna.complaints, ...bob.complaints]).toEqual([])
  await Promise.all([anna.leave(), bob.leave()])
})
