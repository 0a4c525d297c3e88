import { expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { newPerson } from './app.ts'
import { below, finger, handleOf, middleOf, rowOf } from './list-page.ts'
import { useApp } from './use-app.ts'

const app = useApp()

it('[APP-20][APP-28] sections, subtasks, what is done, the trash: all by hand, and all of it undone', async () => {
  const anna = await newPerson(app.browser, app.server)
  const { page } = anna
  await anna.signIn('Anna')
  await anna.createList('Groceries')
  await page.getByText('Nothing here yet').waitFor()
  for (const title of ['Milk', 'Bread', 'Cheese', 'Soap']) await anna.add(title)

  await page.getByRole('button', { name: 'Add a section' }).click()
  await page.getByLabel('Name of the new section').fill('Household')
  await page.keyboard.press('Enter')
  await anna.fromMenu('Soap', 'Move to …')
  await page.getByRole('dialog').getByRole('button', { name: 'Household' }).click()
  await rowOf(page, 'Soap').and(page.locator(':not([data-group=""])')).waitFor()
  await page.getByText('Moved “').waitFor()

  await anna.fromMenu('Cheese', 'Add a subtask')
  for (const title of ['Gouda', 'Feta']) {
    await page.getByLabel('New subtask of Cheese').fill(title)
    await page.keyboard.press('Enter')
    await rowOf(page, title).waitFor()
  }
  await page.keyboard.press('Enter')
  await until(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Cheese'))
  await anna.tick('Feta')
  await rowOf(page, 'Cheese').getByText('1/2').waitFor()

  // Ticked: it stays where it is until the pointer and the focus are gone and a moment is over.
  await anna.tick('Milk')
  await page.getByRole('status').or(page.locator('.toasts')).getByText('Ticked').first().waitFor()
  expect((await page.locator('.item button.title').allInnerTexts())[0]).toBe('Milk')
  await page.mouse.move(5, 5)
  await page.getByLabel('New item').focus()
  await anna.openDone()
  await anna.untilTitles(['Bread', 'Cheese', 'Gouda', 'Feta', 'Soap', 'Milk'])

  // A folded section is found folded again.
  await page.getByRole('button', { name: 'Household' }).first().click()
  await rowOf(page, 'Soap').waitFor({ state: 'detached' })
  await page.reload()
  await rowOf(page, 'Bread').waitFor()
  await page.getByRole('button', { name: 'Household 1', expanded: false }).click()
  await rowOf(page, 'Soap').waitFor()
  await page.getByRole('button', { name: 'More for the section Household' }).click()
  await page.getByRole('menuitem', { name: 'Delete the section' }).click()
  await rowOf(page, 'Soap').and(page.locator('[data-group=""]')).waitFor()

  await anna.remove('Cheese')
  await anna.untilTitles(['Bread', 'Soap', 'Milk'])
  await page.getByText('Trash (3)').click()
  await page.locator('.trashed', { hasText: 'Cheese' }).getByText('You, ').waitFor()
  await page.getByRole('button', { name: 'Delete Gouda for good' }).click()
  await page.getByRole('alertdialog').getByText('cannot be undone').waitFor()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click()
  await page.getByText('Trash (2)').waitFor()
  await page.getByRole('button', { name: 'Restore Cheese' }).click()
  await rowOf(page, 'Cheese').waitFor()

  await page.getByRole('button', { name: 'Undo: restore' }).click()
  await rowOf(page, 'Cheese').waitFor({ state: 'detached' })
  await anna.untilStatus('Saved')
  expect(anna.complaints).toEqual([])
  await anna.leave()
})

it('[APP-24][APP-25] everything by keys; what is done to several rows is one step back', async () => {
  const anna = await newPerson(app.browser, app.server)
  const { page } = anna
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
  const isAt = (title: string) =>
    until(
      () =>
        page.evaluate(() => document.activeElement?.getAttribute('aria-label')).then((at) => at === title),
      {
        what: `the focus on ${title}`,
      },
    )
  await anna.signIn('Anna')
  await anna.createList('Groceries')
  for (const title of ['A', 'B', 'C', 'D']) await anna.add(title)

  // The list is one stop of Tab; arrows go through it.
  await page.getByLabel('New item').focus()
  await until(async () => {
    await press('Tab')
    return page.evaluate(() => document.activeElement?.matches('.item [data-focus]') === true)
  })
  await isAt('A')
  await press('ArrowDown', 'j', 'k')
  await isAt('B')
  await press('Alt+ArrowUp')
  await anna.untilTitles(['B', 'A', 'C', 'D'])
  await isAt('B')
  await press('Alt+Shift+ArrowDown')
  await anna.untilTitles(['A', 'C', 'D', 'B'])
  await isAt('B')
  await press('e')
  await page.getByLabel('New name of B').waitFor()
  await page.keyboard.insertText('Bee')
  await press('Tab')
  await until(async () => (await rowOf(page, 'B').getAttribute('data-parent')) !== null, {
    what: 'the indent',
  })
  await press('Shift+Tab')
  await until(async () => (await rowOf(page, 'B').getAttribute('data-parent')) === null, {
    what: 'the outdent',
  })
  await press('Enter')
  await isAt('Bee')
  await press('Space')
  await until(() => page.getByRole('checkbox', { name: 'Bee' }).isChecked())
  await press('u')
  await until(async () => !(await page.getByRole('checkbox', { name: 'Bee' }).isChecked()))

  await press('p')
  await page.getByRole('menuitem', { name: 'High' }).press('Enter')
  await rowOf(page, 'Bee').getByText('High').first().waitFor()
  await isAt('Bee')
  await press('d')
  await page.getByRole('menuitem', { name: 'Today' }).press('Enter')
  await rowOf(page, 'Bee').getByText('Today').first().waitFor()
  await isAt('Bee')
  await press('a')
  await page.getByRole('option', { name: 'Anna (you)' }).waitFor()
  await press('Escape')
  await isAt('Bee')
  await press('Enter')
  await page.waitForURL(/\/i\//)
  await page.goBack()
  await press('Escape')
  await page.getByRole('checkbox', { name: 'Bee' }).focus()

  await press('k', 'x', 'Shift+ArrowUp')
  await page.getByText('2 selected').waitFor()
  await press('Delete')
  await anna.untilTitles(['A', 'Bee'])
  await isAt('Bee')
  await press('Control+z')
  await anna.untilTitles(['A', 'C', 'D', 'Bee'])

  await press('Control+a')
  await page.getByText('4 selected').waitFor()
  await page.locator('.bulk-bar').getByRole('button', { name: 'Label' }).click()
  await page.keyboard.type('weekend')
  await page.getByRole('option', { name: 'weekend' }).click()
  await until(async () => (await page.locator('.item', { hasText: 'weekend' }).count()) === 4, {
    what: 'four labels',
  })
  await press('Escape')
  await page.getByRole('button', { name: 'Undo: Label several' }).click()
  await until(async () => (await page.locator('.item', { hasText: 'weekend' }).count()) === 0, {
    what: 'no labels',
  })
  await page.locator('.bulk-bar').getByRole('button', { name: 'Done', exact: true }).click()
  await until(async () => (await page.locator('.item input:checked').count()) === 4, { what: 'four ticks' })
  await page.getByRole('button', { name: 'Undo: tick' }).click()
  await until(async () => (await page.locator('.item input:checked').count()) === 0, { what: 'no ticks' })
  // Subtasks that are chosen beside their item are ticked with it, and move with it.
  await press('Escape')
  await page.getByRole('checkbox', { name: 'C', exact: true }).focus()
  await press('e', 'Tab', 'Enter', 'Control+a')
  await until(async () => (await rowOf(page, 'C').getAttribute('data-parent')) !== null)
  await page.getByText('4 selected').waitFor()
  await page.locator('.bulk-bar').getByRole('button', { name: 'Done', exact: true }).click()
  await until(async () => (await page.locator('.item input:checked').count()) === 4, { what: 'four ticks' })
  await press('Escape')
  await page.locator('.bulk-bar').waitFor({ state: 'detached' })
  await anna.untilStatus('Saved')
  expect(anna.complaints).toEqual([])
  await anna.leave()
})

it('[APP-22] rows are dragged by mouse and by finger, into sections, under items, and Escape takes it back', async () => {
  const anna = await newPerson(app.browser, app.server, { hasTouch: true })
  const { page } = anna
  await anna.signIn('Anna')
  await anna.createList('Groceries')
  for (const title of ['A', 'B', 'C', 'D']) await anna.add(title)
  await page.getByRole('button', { name: 'Add a section' }).click()
  await page.getByLabel('Name of the new section').fill('Later')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Later' }).first().waitFor()

  const drag = async (title: string, to: { x: number; y: number }) => {
    const from = await handleOf(page, title)
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(to.x, to.y, { steps: 6 })
    await page.locator('.drop-line:not([hidden])').waitFor()
  }
  const { x } = await handleOf(page, 'A')
  await drag('A', { x, y: (await below(page, 'C')).y })
  // Nothing has moved: a line shows where it would go.
  expect(await page.locator('.item button.title').allInnerTexts()).toEqual(['A', 'B', 'C', 'D'])
  await page.mouse.up()
  await anna.untilTitles(['B', 'C', 'A', 'D'])
  await drag('B', { x, y: (await below(page, 'D')).y })
  await page.keyboard.press('Escape')
  await page.locator('.drop-line').waitFor({ state: 'detached' })
  await page.mouse.up()
  expect(await anna.titles()).toEqual(['B', 'C', 'A', 'D'])
  await drag('D', { x: x + 40, y: (await below(page, 'A')).y })
  await page.mouse.up()
  await until(async () => (await rowOf(page, 'D').getAttribute('data-parent')) !== null, {
    what: 'a subtask',
  })

  const touch = await finger(page)
  const start = await middleOf(rowOf(page, 'C').locator('[data-handle]'))
  const later = await middleOf(page.getByRole('button', { name: 'Later' }).first())
  await touch.down(start)
  await touch.move(start, { x: start.x, y: later.y + 14 })
  await page.locator('.drop-line:not([hidden])').waitFor()
  await touch.up()
  await until(async () => (await rowOf(page, 'C').getAttribute('data-group')) !== '', {
    what: 'the other section',
  })
  await anna.untilTitles(['B', 'A', 'D', 'C'])
  await page.getByRole('button', { name: 'Undo: move' }).click()
  await anna.untilTitles(['B', 'C', 'A', 'D'])
  await anna.untilStatus('Saved')
  expect(anna.complaints).toEqual([])
  await anna.leave()
})
