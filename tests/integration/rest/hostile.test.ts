import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { withClient } from '../../support/postgres.ts'
import { Api, type Body, type Person } from './api.ts'

let api: Api
let alice: Person
let list: string

beforeAll(async () => {
  api = await Api.start()
  alice = await api.person('Alice')
  list = await api.list(alice)
})
afterAll(() => api.stop())

const query = (text: string): Promise<Body[]> =>
  withClient(api.server.databaseUrl ?? '', async (client) => (await client.query(text)).rows)

describe('hostile requests', () => {
  it('[REST-14] what belongs to one list is not reached through another', async () => {
    const mallory = await api.person('Mallory')
    const own = await api.list(mallory, 'Mallory’s')
    const secret = await api.item(alice, list, 'Secret')
    const section = (await api.ok(alice, `POST /lists/${list}/sections`, { json: { title: 'S' } }))[
      'section'
    ] as Body
    const label = (await api.ok(alice, `POST /lists/${list}/labels`, { json: { title: 'L' } }))[
      'label'
    ] as Body
    const { seq } = await api.ok(alice, `GET /lists/${list}`)
    const mine = await api.item(mallory, own, 'mine')
    const through: [string, Body | undefined, number][] = [
      [`GET /lists/${own}/items/${secret}`, undefined, 404],
      [`PATCH /lists/${own}/items/${secret}`, { title: 'taken over' }, 404],
      [`DELETE /lists/${own}/items/${secret}`, undefined, 404],
      [`POST /lists/${own}/items/${secret}/restore`, undefined, 404],
      [`PATCH /lists/${own}/items/${mine}`, { place: { after: secret } }, 400],
      [`PATCH /lists/${own}/items/${mine}`, { section: section['id'] }, 400],
      [`PATCH /lists/${own}/items/${mine}`, { labels: { add: [label['id']] } }, 400],
      [`PATCH /lists/${own}/sections/${section['id']}`, { title: 'x' }, 404],
      [`PATCH /lists/${own}/labels/${label['id']}`, { title: 'x' }, 404],
      [`PATCH /lists/${list}/items/${secret}`, { title: 'x' }, 404],
      [`POST /lists/${list}/sync`, { stateVector: 'AA==' }, 404],
    ]
    for (const [line, json, status] of through) {
      const answer = await api.call(mallory, line, { json })
      expect(answer.status, line).toBe(status)
      expect(answer.text, line).not.toContain('Secret')
    }
    // The same id in both lists is two items.
    await api.ok(mallory, `POST /lists/${own}/items`, { json: { id: secret, title: 'my own' } })
    await api.ok(mallory, `DELETE /lists/${own}/items/${secret}`)
    const state = await api.ok(alice, `GET /lists/${list}`)
    expect(state['seq']).toBe(seq)
    expect(JSON.stringify(state['items'])).toContain('Secret')
  })

  it('[REST-14] SQL in any place is text', async () => {
    const attack = `'); DROP TABLE list_updates; UPDATE share_grants SET role = 'owner'; --`
    const [before] = await query('SELECT count(*) AS n FROM share_grants')
    const id = await api.item(alice, list, attack, { notes: attack, extensions: { 'x-sql': attack } })
    const { item } = await api.ok(alice, `GET /lists/${list}/items/${id}`)
    expect(item).toMatchObject({ title: attack, notes: attack, extensions: { 'x-sql': attack } })
    const part = encodeURIComponent(attack)
    for (const line of [
      `GET /lists/${part}`,
      `GET /lists/${list}/items/${part}`,
      `GET /lists/${list}/changes?since_seq=${part}`,
      `GET /lists/${list}/items?section=${part}`,
    ]) {
      expect((await api.call(alice, line)).status, line).toBe(400)
    }
    const searched = await api.ok(alice, `GET /lists/${list}/items?text=${encodeURIComponent('DROP TABLE')}`)
    expect(searched['items']).toHaveLength(1)
    expect(await query('SELECT count(*) AS n FROM share_grants')).toEqual([before])
  })

  it('[REST-14] no name or header makes another header', async () => {
    const evil = 'a\r\nset-cookie: stolen=1\r\nx-evil: 1'
    const answer = await api.call(alice, `POST /lists/${list}/items`, { json: { title: evil } })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('x-evil')).toBeNull()
    const path = await api.call(alice, `GET /lists/${list}/items/${encodeURIComponent(evil)}`)
    expect([path.status, path.headers.get('set-cookie')]).toEqual([400, null])
    const raw = await rawRequest(
      `GET /api/v1/lists/${list}%0d%0aset-cookie:%20stolen=1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\nclient-op-id: a\r\n b: c\r\n\r\n`,
    )
    expect(raw).toMatch(/^HTTP\/1\.1 4\d\d/)
    expect(raw.toLowerCase()).not.toContain('\r\nset-cookie:')
  })

  it('[REST-14][C-16] what is no request that can be read is answered in the same form', async () => {
    const long = await api.call(alice, `GET /lists/${'x'.repeat(20_000)}`)
    expect([long.status, long.body['code']]).toEqual([413, 'too-large'])
    expect(long.headers.get('content-type')).toMatch('application/problem+json')
    const noise = await rawRequest('\u0001\u0002 is not HTTP\r\n\r\n')
    expect(noise).toMatch(/^HTTP\/1\.1 400 /)
    expect(noise).toContain('"code":"validation-error"')
  })

  it('[REST-14] a prototype is not polluted, and nesting without end is refused', async () => {
    for (const raw of [
      '{"title":"x","__proto__":{"done":true}}',
      '{"title":"x","constructor":{"prototype":{"done":true}}}',
      `{"title":"x","extensions":{"x-deep":${'['.repeat(2_000)}${']'.repeat(2_000)}}}`,
      '{"title":"x"',
      'null',
      '[]',
      '"title"',
    ]) {
      const response = await fetch(`${api.server.url}/api/v1/lists/${list}/items`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${alice.token}` },
        body: raw,
      })
      expect(response.status, raw.slice(0, 60)).toBe(400)
    }
    const id = await api.item(alice, list, 'after all that')
    expect((await api.ok(alice, `GET /lists/${list}/items/${id}`))['item']).toMatchObject({ done: false })
  })

  it('[REST-14] a moment beyond every calendar, written over a socket, does not break reading', async () => {
    const doc = new Y.Doc()
    const record = { title: 'Far', order: 'a0', by: alice.userId, at: Number.MAX_SAFE_INTEGER }
    doc.getMap('items').set('far-future', record)
    const update = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
    const sent = await api.call(alice, `POST /lists/${list}/sync`, { json: { stateVector: 'AA==', update } })
    expect(sent.body['refusal']).toBeNull()
    const { item } = await api.ok(alice, `GET /lists/${list}/items/far-future`)
    expect(item).toMatchObject({ created: { at: '9999-12-31T23:59:59.999Z' } })
  })
})

function rawRequest(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(api.server.port, '127.0.0.1', () => socket.write(text))
    let received = ''
    socket.on('data', (chunk) => (received += chunk.toString()))
    socket.on('close', () => resolve(received))
    socket.on('error', reject)
  })
}
