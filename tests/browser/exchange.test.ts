import { expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { newPerson } from './app.ts'
import { chooseFile, exported, listMenu, startImport } from './lists-page.ts'
import { useApp } from './use-app.ts'

const app = useApp()

it('[APP-56][XCH-1] without a network a list is exported in four formats and imported again, whole', async () => {
  const anna = await newPerson(app.browser, app.server)
  await anna.signIn('Anna')
  const { page } = anna
  await page.getByRole('button', { name: 'Packing' }).click()
  await anna.tick('Tickets')
  await anna.add('=1+1 a/b')
  await anna.untilStatus('Saved')
  await until(() => page.evaluate(() => navigator.serviceWorker.controller !== null))
  const before = await anna.titles()
  await anna.goOffline()

  const json = await exported(anna, 'Packing', 'Everything (JSON)')
  expect(json.name).toBe('Packing.json')
  const csv = await exported(anna, 'Packing', 'Spreadsheet (CSV)')
  expect(csv.text).toContain("'=1+1 a/b")
  expect((await exported(anna, 'Packing', 'Calendar (ICS)')).text).toContain('BEGIN:VTODO')
  expect((await exported(anna, 'Packing', 'Text (Markdown)')).text).toContain('- [x] Tickets')

  await page.locator('.side').getByRole('link', { name: 'All lists' }).click()
  await startImport(anna)
  await chooseFile(page, 'whatever.bin', json.text)
  await page.getByText('Found ').waitFor()
  await page.getByLabel('Name of the list', { exact: true }).fill('Packing again')
  await page.getByRole('button', { name: /^Import \d+ items$/ }).click()
  await page.getByRole('heading', { name: 'Packing again' }).waitFor()
  await until(async () => (await anna.titles()).length === before.length)
  expect([...(await anna.titles())].sort()).toEqual([...before].sort())
  expect(await page.getByRole('checkbox', { name: 'Tickets', exact: true }).isChecked()).toBe(true)
  expect(await page.getByRole('heading', { name: 'Electronics' }).count()).toBe(1)

  await anna.goOnline()
  await anna.untilStatus('Saved')
  expect(anna.complaints).toEqual([])
  await anna.leave()
})

it('[APP-57][XCH-3] an import says what it found and what it left out, is one undo step, and can be cancelled', async () => {
  const anna = await newPerson(app.browser, app.server)
  await anna.signIn('Anna')
  const { page } = anna
  await anna.createList('Shop')
  await anna.add('Milk')

  await listMenu(anna, 'Shop', 'Import into this list')
  await chooseFile(page, 'big.csv', 'x'.repeat(5_100_000))
  await page.getByRole('alert').getByText('5.1 MB').waitFor()
  await chooseFile(page, 'nothing.json', '{"items": [')
  await page.getByText('There is nothing in this file').waitFor()
  await page.getByRole('button', { name: 'Another file' }).click()
  const rows = [
    'title,due,link',
    'Bread,2026-02-30,',
    `${'x'.repeat(10_001)},,`,
    '<b>Eggs</b>,,javascript:alert(1)',
    ',,',
  ]
  await chooseFile(page, 'rows.csv', rows.join('\n'))
  await page.getByText('3 things were left out').click()
  await page.getByText('has a date that does not exist').waitFor()
  await page.getByText('has a title of more than 10,000 letters').waitFor()
  await page.getByRole('button', { name: 'Import 2 items' }).click()
  await anna.untilTitles(['Milk', 'Bread', '<b>Eggs</b>'])
  await page.getByText('Imported 2 items').waitFor()
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click()
  await anna.untilTitles(['Milk'])

  await listMenu(anna, 'Shop', 'Import into this list')
  const cancelHalfWay = async (): Promise<void> => {
    await chooseFile(page, 'many.txt', Array.from({ length: 15_000 }, (_, n) => `item ${n}`).join('\n'))
    await page.getByRole('button', { name: /Import 15,000 items/ }).click()
    await page.getByRole('progressbar').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('The import was cancelled').first().waitFor()
  }
  await cancelHalfWay()
  await anna.untilTitles(['Milk'])

  // Nor does a new list stay that nobody wanted in the end.
  await page.locator('.side').getByRole('link', { name: 'All lists' }).click()
  await startImport(anna)
  await cancelHalfWay()
  const many = page.locator('.side').getByRole('link', { name: /^many/ })
  await until(async () => (await many.count()) === 0, { what: 'the new list to be gone', timeoutMs: 30_000 })
  expect(anna.complaints).toEqual([])
  await anna.leave()
}, 60_000)
