import { expect, it } from 'vitest'
import { until } from '../../support/until.ts'
import { useStage } from './pair.ts'

const stage = useStage()

it('[UNDO-1][A6.13][U-01] who undoes takes back what they wrote, and nothing the other one wrote since', async () => {
  const { anna, bo, agree } = await stage.pair('Milk', 'Bread')
  await anna.rename('Milk', 'Oat milk')
  await bo.untilTitles(['Oat milk', 'Bread'])
  await bo.tick('Oat milk')
  await until(() => anna.page.getByRole('checkbox', { name: 'Oat milk' }).isChecked())
  await anna.page.keyboard.press('Control+z')
  expect(new Set(await agree(2))).toEqual(new Set(['Milk', 'Bread']))
  for (const { page } of [anna, bo]) {
    await until(() => page.getByRole('checkbox', { name: 'Milk', exact: true }).isChecked())
  }
})

it('[UNDO-2][A6.13][U-04] twenty items ticked at once come back at once', async () => {
  const names = Array.from({ length: 20 }, (_, n) => `item ${n}`)
  const { anna, bo } = await stage.pair(...names)
  await anna.selectAll()
  await anna.page.getByRole('button', { name: 'Done', exact: true }).click()
  const ticked = (person: typeof anna) => person.page.locator('.item input[type=checkbox]:checked').count()
  await until(async () => (await ticked(bo)) === 20)
  await anna.page.getByRole('button', { name: /^Undo/ }).first().click()
  await until(async () => (await ticked(anna)) === 0 && (await ticked(bo)) === 0)
  await anna.untilTitles(names)
})
