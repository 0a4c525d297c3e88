import { expect, it } from 'vitest'
import { LIST_ID, ME, workbench } from './workbench.ts'

it('[SDK-11] an edit of a list that is closed is refused, and nothing of it is stored', async () => {
  const { list, open, storage, errors } = await workbench()
  const before = list.items.add('Milk')
  const shut = open.shut()
  const during = list.items.add('Tea')
  await shut
  await expect(before.stored).resolves.toBeUndefined()
  const id = before.value[0] ?? ''
  const after = [
    during,
    list.items.toggle(id),
    list.rename('Shop'),
    list.transact('Two', () => list.items.add('Bread')),
    list.undo(),
    list.refused.retry(),
  ]
  for (const { stored, confirmed } of after) {
    await expect(stored).rejects.toMatchObject({ code: 'closed' })
    await expect(confirmed).rejects.toMatchObject({ code: 'closed' })
  }
  expect(errors.every((error) => error.code === 'closed')).toBe(true)
  expect((await (await storage.open(ME)).load(LIST_ID)).pending).toHaveLength(1)
})
