import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { Api, type Body, type Person } from './api.ts'

let api: Api
let alice: Person
let bob: Person

beforeAll(async () => {
  api = await Api.start()
  alice = await api.person('Alice')
  bob = await api.person('Bob')
})
afterAll(() => api.stop())

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const bytes = (text: unknown): Uint8Array => new Uint8Array(Buffer.from(String(text), 'base64'))

/** What a client without WebSockets does. */
async function exchange(person: Person, list: string, doc: Y.Doc, known?: Uint8Array): Promise<Body> {
  const update = known === undefined ? undefined : Y.encodeStateAsUpdate(doc, known)
  const json = { stateVector: base64(Y.encodeStateVector(doc)), ...(update && { update: base64(update) }) }
  const answer = await api.ok(person, `POST /lists/${list}/sync`, { json })
  Y.applyUpdate(doc, bytes(answer['update']))
  return answer
}

const add = (doc: Y.Doc, by: string, title: string): void => {
  doc.getMap('items').set(randomUUID(), { title, order: 'a0', by, at: 1 })
}

describe('synchronising without WebSockets', () => {
  it('[POLL-6][X-11][L-10] both sides get what they lack, and it is durable when it is answered', async () => {
    const list = await api.list(alice)
    await api.giveRole(alice, list, bob, 'editor')
    const [a, b] = [new Y.Doc(), new Y.Doc()]
    const first = await exchange(alice, list, a)
    await exchange(bob, list, b)
    add(a, alice.userId, 'Milk')
    const stored = await exchange(alice, list, a, bytes(first['stateVector']))
    expect(stored).toMatchObject({
      refusal: null,
      role: 'owner',
      authorId: alice.userId,
      settings: { editorsMayShare: false },
    })
    expect(stored['seq']).toBe(Number(first['seq']) + 1)
    await exchange(bob, list, b)
    expect(b.getMap('items').toJSON()).toEqual(a.getMap('items').toJSON())
    const { items } = await api.ok(alice, `GET /lists/${list}`)
    expect((items as Body[]).map((item) => item['title'])).toEqual(['Milk'])
  })

  it('[POLL-6] the same update again changes nothing', async () => {
    const list = await api.list(alice)
    const doc = new Y.Doc()
    const { stateVector } = await exchange(alice, list, doc)
    add(doc, alice.userId, 'Milk')
    const first = await exchange(alice, list, doc, bytes(stateVector))
    const again = await exchange(alice, list, doc, bytes(stateVector))
    expect([again['seq'], again['refusal']]).toEqual([first['seq'], null])
  })

  it('[POLL-9] says at once that nothing has happened, to whoever says up to where they know it', async () => {
    const list = await api.list(alice)
    await api.giveRole(alice, list, bob, 'editor')
    const [a, b] = [new Y.Doc(), new Y.Doc()]
    const first = await exchange(alice, list, a)
    const looks = async (doc: Y.Doc, seq: unknown): Promise<Body> =>
      api.ok(bob, `POST /lists/${list}/sync`, {
        json: { stateVector: base64(Y.encodeStateVector(doc)), seq },
      })
    const { seq } = await exchange(bob, list, b)
    expect(await looks(b, seq)).toEqual({
      update: 'AAA=',
      stateVector: null,
      seq,
      role: 'editor',
      authorId: bob.userId,
      settings: { editorsMayShare: false },
      refusal: null,
    })
    add(a, alice.userId, 'Milk')
    const stored = await exchange(alice, list, a, bytes(first['stateVector']))
    const news = await looks(b, seq)
    expect(news['seq']).toBe(stored['seq'])
    Y.applyUpdate(b, bytes(news['update']))
    expect(b.getMap('items').toJSON()).toEqual(a.getMap('items').toJSON())
    // A position that the list has not reached is as good as none.
    expect((await looks(new Y.Doc(), Number(stored['seq']) + 1))['update']).not.toBe('AAA=')
    await api.giveRole(alice, list, bob, 'viewer')
    expect(await looks(b, stored['seq'])).toMatchObject({ update: 'AAA=', role: 'viewer' })
  })

  it('[POLL-7] goes through the gate: a refusal is an answer, and nothing of it is stored', async () => {
    const list = await api.list(alice)
    await api.giveRole(alice, list, bob, 'viewer')
    const doc = new Y.Doc()
    const { stateVector, seq } = await exchange(bob, list, doc)
    const viewers = new Y.Doc()
    Y.applyUpdate(viewers, Y.encodeStateAsUpdate(doc))
    add(viewers, bob.userId, 'Mine')
    const refused = await exchange(bob, list, viewers, bytes(stateVector))
    expect(refused).toMatchObject({ role: 'viewer', seq, refusal: { code: 'read-only', retryable: false } })
    const forged = new Y.Doc()
    Y.applyUpdate(forged, Y.encodeStateAsUpdate(doc))
    add(forged, bob.userId, 'In Bob’s name')
    const byAlice = await exchange(alice, list, forged, bytes(stateVector))
    expect(byAlice).toMatchObject({ seq, refusal: { code: 'forged-author' } })
    const { items } = await api.ok(alice, `GET /lists/${list}`)
    expect(items).toEqual([])
  })

  it('[POLL-7] bytes that are nothing are refused without harm', async () => {
    const list = await api.list(alice)
    const empty = base64(Y.encodeStateVector(new Y.Doc()))
    const tries: [Body, number][] = [
      [{ stateVector: '!!!' }, 400],
      [{ stateVector: base64(new Uint8Array([255, 255, 255, 255, 15])) }, 400],
      [{ stateVector: '' }, 400],
      [{}, 400],
      [{ stateVector: empty, update: 'AAAA=' }, 400],
      [{ stateVector: empty, update: base64(new Uint8Array([9, 9, 9, 9])) }, 200],
      [{ stateVector: empty, update: '' }, 200],
    ]
    for (const [json, status] of tries) {
      const answer = await api.call(alice, `POST /lists/${list}/sync`, { json })
      expect(answer.status, JSON.stringify(json)).toBe(status)
      if (status === 200)
        expect(answer.body['refusal'], JSON.stringify(json)).toMatchObject({ code: 'malformed' })
    }
  })

  it('[POLL-8] tells who is not to be named by which id to write, and takes that one only', async () => {
    const list = await api.list(alice)
    await api.giveRole(alice, list, bob, 'editor')
    await api.ok(bob, `PATCH /lists/${list}/members/me`, { json: { anonymous: true } })
    const doc = new Y.Doc()
    const { stateVector, authorId } = await exchange(bob, list, doc)
    expect(authorId).toMatch(/^anon_/)
    add(doc, String(authorId), 'unnamed')
    const stored = await exchange(bob, list, doc, bytes(stateVector))
    expect(stored['refusal']).toBeNull()
    add(doc, bob.userId, 'by name')
    const byName = await exchange(bob, list, doc, bytes(stored['stateVector']))
    expect(byName['refusal']).toMatchObject({ code: 'forged-author' })
  })

  it('[POLL-6] takes an update as large as a socket does', async () => {
    const list = await api.list(alice)
    const doc = new Y.Doc()
    const { stateVector } = await exchange(alice, list, doc)
    doc.transact(() => {
      for (let count = 0; count < 90; count += 1) add(doc, alice.userId, 'x'.repeat(10_000))
    })
    const stored = await exchange(alice, list, doc, bytes(stateVector))
    expect(stored['refusal']).toBeNull()
    const { items } = await api.ok(alice, `GET /lists/${list}/items`)
    expect(items).toHaveLength(90)
  })
})
