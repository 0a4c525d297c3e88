import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { matcherOf } from '../../../client-sdk/src/across/match.ts'
import { type Mirror, NOTHING_HERE, readMirror } from '../../../client-sdk/src/across/mirror.ts'
import { Mirrors } from '../../../client-sdk/src/across/mirrors.ts'
import { rowsOf, type Source } from '../../../client-sdk/src/across/rows.ts'
import type { LoadedDocument } from '../../../client-sdk/src/local/port.ts'
import { manualEnvironment } from './manual-environment.ts'

const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function copyOf(title: string): LoadedDocument {
  const doc = new Y.Doc()
  doc.getMap('list').set('title', [title, 'u_me', 5])
  return { base: [Y.encodeStateAsUpdate(doc)], pending: [], end: null }
}

/** Lists on a device whose answers are in the test's hand. */
function stage(...lists: string[]) {
  const environment = manualEnvironment()
  const device = {
    titles: new Map(lists.map((id) => [id, `List ${id}`])),
    asked: [] as string[],
    /** Answers the oldest question that waits. */
    answers: [] as (() => void)[],
    isBroken: false,
  }
  const over = new Set<string>()
  const told = { renamed: [] as string[], read: [] as string[] }
  const mirrors = new Mirrors({
    environment,
    store: {
      load: (id) => {
        device.asked.push(id)
        if (device.isBroken) return Promise.reject(new Error('broken'))
        const copy = copyOf(device.titles.get(id) ?? '')
        return new Promise((resolve) => device.answers.push(() => resolve(copy)))
      },
    },
    wanted: () => lists.filter((id) => !over.has(id)),
    isOver: (id) => over.has(id),
    renamed: (id, title) => told.renamed.push(`${id}: ${title}`),
    read: (id) => told.read.push(id),
  })
  const answer = async (): Promise<void> => {
    device.answers.shift()?.()
    await moment()
  }
  const pass = async (ms: number): Promise<void> => {
    environment.advance(ms)
    await moment()
  }
  return { mirrors, device, over, told, answer, pass }
}

it('[ALL-3][ALL-7] nothing of a list that is over stays in memory, nor comes into it late', async () => {
  const { mirrors, over, told, answer } = stage('a', 'b')
  mirrors.want()
  await answer()
  expect(mirrors.of('a')?.title).toBe('List a')
  over.add('a').add('b')
  await answer()
  mirrors.sweep()
  mirrors.put('b', { mirror: () => NOTHING_HERE })
  over.clear()
  expect([mirrors.of('a'), mirrors.of('b')]).toEqual([undefined, undefined])
  expect(told.read).toEqual(['a'])
})

it('[ALL-1] what changes while it is read is read again, and only another name than before is told', async () => {
  const { mirrors, device, told, answer, pass } = stage('a')
  mirrors.want()
  device.titles.set('a', 'Second')
  mirrors.expire('a')
  await answer()
  expect(mirrors.of('a')?.title).toBe('List a')
  expect(told.renamed).toEqual([])
  await pass(1_000)
  mirrors.expire('a')
  await answer()
  expect(told.renamed).toEqual(['a: Second'])
  await pass(1_000)
  await answer()
  expect(device.asked).toEqual(['a', 'a', 'a'])
  expect(told.renamed).toEqual(['a: Second'])
})

it('[ALL-1] a device that fails is asked again, and what was read is shown until then; nobody looks, and nothing is kept', async () => {
  const { mirrors, device, answer, pass } = stage('a', 'b')
  mirrors.want()
  await answer()
  device.isBroken = true
  await answer()
  mirrors.expire('a')
  await pass(300)
  expect(mirrors.of('a')?.title).toBe('List a')
  device.isBroken = false
  device.titles.set('a', 'Second')
  await pass(6_000)
  await answer()
  expect(mirrors.of('a')?.title).toBe('Second')
  mirrors.drop()
  expect([mirrors.of('a'), mirrors.of('b')]).toEqual([undefined, undefined])
  mirrors.expire('a')
  await pass(10_000)
  expect(device.answers).toEqual([])
})

it('[ALL-3] of a list whose end the device has noted, nothing is read', () => {
  const end = { why: 'access-ended', message: 'Ann removed you.', at: 7 } as const
  expect(readMirror(copyOf('Secret'), undefined).title).toBe('Secret')
  expect(readMirror({ ...copyOf('Secret'), end }, undefined)).toBe(NOTHING_HERE)
})

it('[ALL-2] rows are told anew when it is known who this person is in the list', () => {
  const mirror: Mirror = readMirror(copyOf('Shop'), undefined)
  const item = {
    id: 'i',
    title: 'Milk',
    notes: '',
    assignees: ['u_a'],
    deleted: null,
    done: false,
    due: null,
  }
  const source = (me: string | null): Source => ({
    ...{ id: 'l', title: 'Shop', of: mirror, version: 0, me, isMe: (id) => id === me },
    ...{ items: () => [item as never], trash: () => [], show: (one) => one as never },
  })
  const matcher = matcherOf({ assignee: 'me' })
  const before = rowsOf(source(null), matcher, undefined)
  expect(before.rows).toEqual([])
  expect(rowsOf(source(null), matcher, before)).toBe(before)
  expect(rowsOf(source('u_a'), matcher, before).rows).toMatchObject([{ me: 'u_a', item: { title: 'Milk' } }])
})
