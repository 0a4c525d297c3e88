import { randomUUID } from 'node:crypto'
import type { UserId } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type FreshDatabase, freshDatabase } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { addItem, rawClient, titles } from './clients.ts'
import { newList, startNode, type TestNode } from './node.ts'

let database: FreshDatabase
let one: TestNode
let two: TestNode

beforeEach(async () => {
  database = await freshDatabase()
  one = await startNode({ databaseUrl: database.url })
  two = await startNode({ databaseUrl: database.url })
})

afterEach(async () => {
  await Promise.all([one.stop(), two.stop()])
  await database.drop()
})

const ANN = { userId: 'ann' as UserId, authorId: 'ann', role: 'owner' } as const
const VIC = { userId: 'vic' as UserId, authorId: 'vic', role: 'viewer' } as const

describe('a write with an operation id', () => {
  it('[SYNC-10][B-06] is stored once, however often and on whichever server it is repeated, and answers the same', async () => {
    const listId = await newList(one.storage)
    const opId = randomUUID()
    // Each attempt plans anew, as a retry does that knows nothing of the first: other bytes, and another id.
    const plan = (doc: Y.Doc): void => void addItem(doc, 'ann', 'Milk')
    const first = await one.hub.write(listId, ANN, plan, opId)
    const others = await Promise.all(
      [one, two, one, two, two].map((node) => node.hub.write(listId, ANN, plan, opId)),
    )
    for (const other of others) expect(other).toEqual(first)
    expect(first).toMatchObject({ seq: 1, ops: [{ op: 'add', kind: 'items' }] })
    expect(await one.storage.log.head(listId)).toBe(1)
    for (const node of [one, two]) {
      const ann = await rawClient(node, listId, 'ann')
      await until(() => titles(ann.document).length === 1)
      expect(ann.document.store.pendingStructs).toBeNull()
      ann.drop()
    }
  })

  it('[SYNC-10][B-06] repeated at the same time, from both servers', async () => {
    const listId = await newList(one.storage)
    const opId = randomUUID()
    const plan = (doc: Y.Doc): void => void addItem(doc, 'ann', 'Milk')
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? one : two).hub.write(listId, ANN, plan, opId)),
    )
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(await one.storage.log.head(listId)).toBe(1)
    for (const node of [one, two]) {
      expect(await node.hub.read(listId, (doc) => titles(doc))).toEqual(['Milk'])
    }
  })
})

describe('an update that came by another way than a socket', () => {
  it('[SYNC-10][GATE-3] is judged as it is, and the same again changes nothing', async () => {
    const listId = await newList(one.storage, { vic: 'viewer' })
    const ann = await rawClient(two, listId, 'ann')
    const doc = new Y.Doc()
    addItem(doc, 'ann', 'One')
    const before = Y.encodeStateVector(doc)
    addItem(doc, 'ann', 'Two')
    const late = await one.hub.submit(listId, ANN, Y.encodeStateAsUpdate(doc, before))
    expect(late).toMatchObject({ refusal: { code: 'gap' } })
    const whole = Y.encodeStateAsUpdate(doc)
    expect(await one.hub.submit(listId, ANN, whole)).toMatchObject({ seq: 1, ops: [{}, {}] })
    expect(await two.hub.submit(listId, ANN, whole)).toEqual({ seq: 1, ops: [] })
    await until(() => titles(ann.document).length === 2)
    const other = new Y.Doc()
    addItem(other, 'vic', 'Not mine to add')
    expect(await one.hub.submit(listId, VIC, Y.encodeStateAsUpdate(other))).toMatchObject({
      refusal: { code: 'read-only' },
    })
    expect(await one.hub.submit(listId, ANN, new Uint8Array([1, 2, 3]))).toMatchObject({
      refusal: { code: 'malformed' },
    })
    expect(await one.storage.log.head(listId)).toBe(1)
  })
})
