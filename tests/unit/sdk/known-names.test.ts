import { expect, it } from 'vitest'
import { KnownNames } from '../../../client-sdk/src/client/known-names.ts'
import type { Answer, Request } from '../../../client-sdk/src/client/request.ts'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'

const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

async function stage() {
  const store = await createMemoryStorage().open('u_me')
  for (const id of ['a', 'b'])
    await store.putList({ id, title: id, role: 'editor', creating: false, syncedAt: 5 })
  const over = new Set<string>()
  const asked: string[] = []
  const answers: (() => void)[] = []
  const members = { members: [{ userId: 'u_ann', name: 'Ann', role: 'owner' }] }
  const request: Request = ({ path, parse }) => {
    asked.push(path)
    const value = parse(members)
    if (value === null) throw new Error('not understood')
    return new Promise((resolve) =>
      answers.push(() => resolve({ outcome: 'ok', value } as Answer<typeof value>)),
    )
  }
  const names = new KnownNames({ store, request, isOver: (id) => over.has(id) })
  const answer = async (): Promise<void> => {
    answers.shift()?.()
    await moment()
  }
  const ask = async (id: string): Promise<void> => {
    void names.ask(id)
    await moment()
  }
  return { names, store, over, asked, answer, ask, shown: () => names.readable.getSnapshot() }
}

it('[ALL-12] the people of a list that was brought are asked for once, and remembered', async () => {
  const { store, asked, answer, ask, shown } = await stage()
  await ask('a')
  await answer()
  expect(shown()).toEqual({ a: { u_ann: 'Ann' } })
  expect(await store.fact('a', 'names')).toEqual({ u_ann: 'Ann' })
  await ask('a')
  expect(asked).toEqual(['/lists/a/members'])
})

it('[ALL-11][ALL-12] nobody of a list that is over is known, also not who arrives late; and nobody of any after the end', async () => {
  const { names, store, over, answer, ask, shown } = await stage()
  await ask('a')
  over.add('a')
  await answer()
  expect(shown()).toEqual({})
  expect(await store.fact('a', 'names')).toBeUndefined()
  names.learned('a', { u_bob: 'Bob' })
  names.learned('b', { u_bob: 'Bob' })
  expect(shown()).toEqual({ b: { u_bob: 'Bob' } })
  over.add('b')
  names.sweep()
  expect(shown()).toEqual({})
  over.clear()
  names.learned('b', { u_bob: 'Bob' })
  await ask('a')
  names.close()
  expect(shown()).toEqual({})
  await answer()
  names.learned('b', { u_bob: 'Bob' })
  expect(shown()).toEqual({})
  expect(await store.fact('a', 'names')).toBeUndefined()
})

it('[ALL-12] who looks before it is known which lists there are sees the names as soon as it is', async () => {
  const { names, store, over, shown } = await stage()
  await store.putFact('a', 'names', { u_ann: 'Ann' })
  over.add('a')
  const stop = names.readable.subscribe(() => {})
  await moment()
  expect(shown()).toEqual({})
  over.clear()
  names.listed()
  await moment()
  expect(shown()).toEqual({ a: { u_ann: 'Ann' } })
  stop()
})
