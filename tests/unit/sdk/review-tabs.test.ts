import { expect, it } from 'vitest'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import { createMemoryTabs } from '../../../client-sdk/src/tabs/memory-relay.ts'
import { FakeServer } from './fake-server.ts'
import { manualEnvironment } from './manual-environment.ts'
import { LIST_ID, ME, type Workbench, workbench } from './workbench.ts'

/** Two tabs of one browser, each with a connection of its own to one document. */
async function device() {
  const tabs = createMemoryTabs()
  const storage = createMemoryStorage()
  const environment = manualEnvironment()
  const server = new FakeServer()
  const tab = (): Promise<Workbench> => {
    const connection = Object.assign(new FakeServer(), { doc: server.doc })
    return workbench({ storage, environment, tabs: tabs.open(), server: connection })
  }
  const pending = async () => (await (await storage.open(ME)).load(LIST_ID)).pending
  return { tab, environment, doc: server.doc, pending }
}

const refusing = (text: string) => (update: Uint8Array) => {
  return new TextDecoder('latin1').decode(update).includes(text) ? ('too-large' as const) : null
}

it('[REPAIR-2][LOCAL-5][ACK-3] a repair does not give other bytes to an edit that another tab is sending', async () => {
  const { tab, environment, doc, pending } = await device()
  const [one, two] = [await tab(), await tab()]
  await one.server.run(one.settle)
  const id = one.list.items.add('Milk').value
  await one.server.run(one.settle)
  await two.server.run(two.settle)
  one.server.drop()
  two.server.drop()
  const typed = one.list.items.notes(id).insert(0, 'two litres')
  two.list.items.add('BAD')
  await one.settle()
  environment.advance(60_000)
  two.server.judge = refusing('BAD')
  await two.server.run(two.settle)
  await one.server.run(one.settle)
  await two.server.run(two.settle)
  await typed.confirmed
  expect(doc.getText(`note:${id}`).toString()).toBe('two litres')
  for (const { list } of [one, two]) expect(list.items.notes(id).getSnapshot()).toBe('two litres')
  expect(await pending()).toEqual([])
})

it('[REPAIR-2][LOCAL-5][ACK-3] two tabs that find the same edits on the device, one of them bad, save each good one once', async () => {
  const { tab, doc, pending } = await device()
  const before = await tab()
  await before.server.run(before.settle)
  const id = before.list.items.add('Milk').value
  await before.server.run(before.settle)
  before.server.drop()
  before.list.items.notes(id).insert(0, 'two litres')
  before.list.items.add('BAD')
  await before.settle()
  await before.open.shut()
  const [one, two] = [await tab(), await tab()]
  one.server.judge = refusing('BAD')
  two.server.judge = refusing('BAD')
  // Both handshakes are refused before either tab has heard of the other.
  one.server.handshake()
  two.server.handshake()
  one.server.answer()
  two.server.answer()
  // And both have fetched the list before either has sent anything again.
  one.server.handshake()
  two.server.handshake()
  for (let round = 0; round < 4; round += 1) {
    for (const { server, settle } of [one, two]) await server.run(settle)
  }
  expect(doc.getText(`note:${id}`).toString()).toBe('two litres')
  expect(await pending()).toEqual([])
  for (const { open } of [one, two]) expect(open.replica.ledger.size).toBe(0)
})

it("[REPAIR-2][LOCAL-5] after a repair another tab's young edit is on the screen again at once, when it fits", async () => {
  const { tab, doc } = await device()
  const [one, two] = [await tab(), await tab()]
  await one.server.run(one.settle)
  await two.server.run(two.settle)
  const id = one.list.items.add('Milk').value
  await new Promise((resolve) => setImmediate(resolve))
  two.server.host().message({ type: 'resync', reason: '' })
  two.server.handshake()
  expect(two.list.items.item(id).getSnapshot()?.title).toBe('Milk')
  await one.server.run(one.settle)
  await two.server.run(two.settle)
  expect([...doc.getMap('items').keys()]).toEqual([id])
})

it('[REPAIR-3][LOCAL-5] an edit that another tab sent for this one, and that was refused there, is told as refused here', async () => {
  const { tab, environment } = await device()
  const [one, two] = [await tab(), await tab()]
  const bad = one.list.items.add('BAD')
  await one.settle()
  environment.advance(60_000)
  two.server.judge = () => 'too-large'
  await two.server.run(two.settle)
  await one.settle()
  await expect(bad.confirmed).rejects.toMatchObject({ code: 'update-rejected' })
})

it('[SDK-2][LOCAL-5] what a closed tab had waiting is sent within seconds, also when the clock is set back', async () => {
  const tabs = createMemoryTabs()
  const storage = createMemoryStorage()
  const steady = manualEnvironment()
  let offset = 0
  const environment = { ...steady, now: () => steady.now() + offset }
  const one = await workbench({ storage, environment, tabs: tabs.open() })
  const two = await workbench({ storage, environment, tabs: tabs.open() })
  await two.server.run(two.settle)
  two.list.items.add('Eggs')
  await two.server.run(two.settle)
  one.list.items.add('Milk')
  await one.settle()
  await one.open.shut()
  offset = -3_600_000
  environment.advance(5_000)
  await two.server.run(two.settle)
  expect(two.server.doc.getMap('items').size).toBe(2)
  // And the next edit does not wait until the clock is where it was.
  two.list.items.add('Bread')
  await two.settle()
  await two.server.run(two.settle)
  expect(two.server.doc.getMap('items').size).toBe(3)
})
