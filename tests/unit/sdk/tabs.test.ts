import { expect, it } from 'vitest'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import { createMemoryTabs } from '../../../client-sdk/src/tabs/memory-relay.ts'
import { manualEnvironment } from './manual-environment.ts'
import { LIST_ID, ME, type Workbench, workbench } from './workbench.ts'

/** Two tabs of one browser on one list; each has a connection of its own to the same server document. */
async function twoTabs(): Promise<[Workbench, Workbench]> {
  const tabs = createMemoryTabs()
  const storage = createMemoryStorage()
  const environment = manualEnvironment()
  const one = await workbench({ storage, environment, tabs: tabs.open() })
  const two = await workbench({ storage, environment, tabs: tabs.open() })
  return [one, two]
}

const titles = ({ list }: Workbench): string[] =>
  list.items
    .ids()
    .getSnapshot()
    .map((id) => list.items.item(id).getSnapshot()?.title ?? '')

it('[REPAIR-3][LOCAL-5] an edit refused in one tab leaves the other tab too, and is in the inbox of both', async () => {
  const [one, two] = await twoTabs()
  await one.server.run(one.settle)
  await two.server.run(two.settle)
  one.list.items.add('BAD')
  await one.settle()
  expect(titles(two)).toEqual(['BAD'])
  one.server.judge = () => 'too-large'
  await one.server.run(one.settle)
  await two.server.run(two.settle)
  await two.settle()
  expect(titles(one)).toEqual([])
  expect(titles(two)).toEqual([])
  expect(two.open.replica.ledger.size).toBe(0)
  expect(two.list.refused.getSnapshot()).toHaveLength(1)
  two.list.refused.drop()
  await one.settle()
  expect(one.list.refused.getSnapshot()).toHaveLength(0)
  expect(two.server.handshakes).toBe(2)
})

it('[REPAIR-2][LOCAL-5] a repair in one tab keeps what another tab has waiting, and both end with the same', async () => {
  const [one, two] = await twoTabs()
  await one.server.run(one.settle)
  await two.server.run(two.settle)
  one.server.drop()
  two.server.drop()
  one.list.items.add('from one')
  two.list.items.add('from two')
  await one.settle()
  expect(titles(one).sort()).toEqual(['from one', 'from two'])
  one.open.replica.conversation.message({ type: 'resync', reason: '' })
  for (let round = 0; round < 6; round += 1) {
    await one.server.run(one.settle)
    await two.settle()
  }
  await two.server.run(two.settle)
  await one.settle()
  expect(titles(one).sort()).toEqual(['from one', 'from two'])
  expect(one.open.replica.ledger.size).toBe(0)
  expect((await (await one.storage.open(ME)).load(LIST_ID)).pending).toEqual([])
})
