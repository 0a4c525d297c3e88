import { afterAll, beforeAll, expect, it } from 'vitest'
import * as Y from 'yjs'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { Api, type Body, type Person } from './api.ts'

let api: Api
let alice: Person

beforeAll(async () => {
  api = await Api.start()
  alice = await api.person('Alice')
})
afterAll(() => api.stop())

const stateOf = async (list: string): Promise<Y.Doc> => {
  const { update } = await api.ok(alice, `POST /lists/${list}/sync`, { json: { stateVector: 'AA==' } })
  const doc = new Y.Doc()
  Y.applyUpdate(doc, new Uint8Array(Buffer.from(String(update), 'base64')))
  return doc
}

it('[REST-17][SYNC-1] many writes at once, with refused ones and open screens between them, end in one state and few writers', async () => {
  const list = await api.list(alice)
  const socket = new RawClient({ url: `${api.server.wsUrl}/sync`, token: alice.token, listId: list })
  await socket.synced
  const id = await api.item(alice, list, 'Milk')
  for (let round = 0; round < 5; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => {
        if (index % 4 === 3)
          return api.call(alice, `PATCH /lists/${list}/items/no-such-item`, { json: { done: true } })
        if (index % 4 === 2) {
          const json = { title: `${round}/${index}`, done: index % 8 === 2 }
          return api.call(alice, `PATCH /lists/${list}/items/${id}`, { json })
        }
        return api.call(alice, `POST /lists/${list}/items`, { json: { title: `${round}/${index}` } })
      }),
    )
    expect(answers.map((answer) => answer.status).filter((status) => status > 201)).toEqual([
      404, 404, 404, 404,
    ])
  }
  const { items, seq } = await api.ok(alice, `GET /lists/${list}`)
  expect(items as Body[]).toHaveLength(1 + 5 * 8)
  const doc = await stateOf(list)
  await until(() => Y.encodeStateVector(socket.document).length === Y.encodeStateVector(doc).length, {
    what: 'everything on the socket',
  })
  expect(socket.document.getMap('items').toJSON()).toEqual(doc.getMap('items').toJSON())
  const { changes } = await api.ok(alice, `GET /lists/${list}/changes?since_seq=0`)
  expect(changes as unknown[]).toHaveLength(Number(seq))
  // Never more than were at work at the same time, and the one that gave the list its title.
  expect(Y.decodeStateVector(Y.encodeStateVector(doc)).size).toBeLessThanOrEqual(18)
  socket.drop()
})
