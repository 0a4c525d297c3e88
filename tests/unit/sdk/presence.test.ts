import { expect, it } from 'vitest'
import { type Workbench, workbench } from './workbench.ts'

/** What the server was told about being seen, in order. */
function told({ server }: Workbench): boolean[] {
  return server.heard.flatMap((message) => (message.type === 'presence' ? [message.visible] : []))
}

it('[SDKA-18][P-20] who is not to be seen says so on each connection, and offers the others nothing to see', async () => {
  const bench = await workbench()
  const { list, open, server } = bench
  const awareness = open.replica.conversation.awareness()
  open.appear(true)
  list.presence.set({ viewing: 'milk' })
  list.presence.show(false)
  // Nobody hears it yet.
  expect(told(bench)).toEqual([])
  expect(awareness.getLocalState()).toBeNull()
  await server.run(bench.settle)
  expect(told(bench)).toEqual([false])
  list.presence.set({ viewing: 'bread' })
  list.presence.show(false)
  expect(awareness.getLocalState()).toBeNull()
  expect(told(bench)).toEqual([false])

  server.drop()
  await server.run(bench.settle)
  expect(told(bench)).toEqual([false, false])

  list.presence.show(true)
  expect(told(bench)).toEqual([false, false, true])
  expect(awareness.getLocalState()).toEqual({ viewing: 'bread', editing: null, caret: null, idle: false })
  server.drop()
  await server.run(bench.settle)
  expect(told(bench)).toEqual([false, false, true])
})

it('[SDKA-18][P-20] the server hears that somebody may be seen before it hears where they are', async () => {
  const bench = await workbench()
  const { list, open, server } = bench
  await server.run(bench.settle)
  open.appear(true)
  list.presence.show(false)
  const order: unknown[] = []
  const awareness = open.replica.conversation.awareness()
  awareness.on('update', () => order.push(told(bench).at(-1)))
  list.presence.show(true)
  expect(order).toEqual([true])
})
