import { expect, it } from 'vitest'
import { until } from '../../support/until.ts'
import { useStage } from './pair.ts'

const stage = useStage()

for (const first of ['anna', 'bo'] as const) {
  it(`[SYNC-1][A6.1][A-07][F-08] ten items added without a network and two with one make twelve, in one order, ${first} saved first`, async () => {
    const pair = await stage.pair()
    const { anna, bo } = pair
    await anna.goOffline()
    await anna.untilStatus('Offline')
    for (let n = 1; n <= 10; n += 1) await anna.add(`offline ${n}`)
    await anna.untilStatus('Offline · 10 changes kept on this device')
    await bo.add('online 1')
    await bo.add('online 2')
    await bo.untilStatus('Saved')
    await bo.goOffline()
    await bo.untilStatus('Offline')
    await pair.comeBack(pair[first])
    expect(new Set(await pair.agree(12)).size).toBe(12)
  })
}

it('[MODEL-1][A6.2][A-03] one renames while the other ticks, both without a network: both survive', async () => {
  const pair = await stage.pair('Milk', 'Bread')
  const { anna, bo } = pair
  await pair.goOffline()
  await anna.rename('Milk', 'Oat milk')
  await bo.tick('Milk')
  await pair.comeBack()
  await pair.agree(2)
  for (const { page } of [anna, bo]) {
    await until(() => page.getByRole('checkbox', { name: 'Oat milk', exact: true }).isChecked())
  }
})

it('[ORDER-2][A6.5] an item that both moved is there once, at the same place for both', async () => {
  const pair = await stage.pair('a', 'b', 'c', 'd')
  const { anna, bo } = pair
  await pair.goOffline()
  await anna.moveTo('b', 'bottom')
  await anna.untilTitles(['a', 'c', 'd', 'b'])
  await bo.moveTo('b', 'top')
  await bo.untilTitles(['b', 'a', 'c', 'd'])
  await pair.comeBack()
  expect([...(await pair.agree(4))].sort()).toEqual(['a', 'b', 'c', 'd'])
})

it('[REC-1][A6.6] a weekly item that both complete without a network comes back once', async () => {
  const pair = await stage.pair()
  const { anna, bo } = pair
  await anna.addWith('Bins every week', 'Bins')
  await anna.untilStatus('Saved')
  await bo.untilTitles(['Bins'])
  await pair.goOffline()
  await anna.tick('Bins')
  await bo.tick('Bins')
  await pair.comeBack()
  await pair.agree(2)
  for (const { page } of [anna, bo]) {
    await until(async () => {
      const boxes = await page.getByRole('checkbox', { name: 'Bins', exact: true }).all()
      const checked = await Promise.all(boxes.map((box) => box.isChecked()))
      return checked.filter((isDone) => isDone).length === 1 && checked.length === 2
    })
  }
})
