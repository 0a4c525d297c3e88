import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from '../../support/postgres.ts'
import { Api, type Body, type Person } from './api.ts'

let api: Api
let alice: Person

beforeAll(async () => {
  api = await Api.start()
  alice = await api.person('Alice')
})
afterAll(() => api.stop())

interface Page {
  readonly changes: { seq: number; at: string; by: string | null; ops: Body[] }[]
  readonly head: number
  readonly more: boolean
}

const feed = async (person: Person, list: string, query: string): Promise<Page> =>
  (await api.ok(person, `GET /lists/${list}/changes?${query}`)) as unknown as Page

describe('the change feed', () => {
  it('[FEED-1][C-02] tells what changed, in order, and nothing when nothing did', async () => {
    const list = await api.list(alice)
    const { seq } = await api.ok(alice, `GET /lists/${list}`)
    const id = await api.item(alice, list, 'Milk')
    await api.ok(alice, `PATCH /lists/${list}/items/${id}`, { json: { title: 'Oat milk' } })
    const { changes, head, more } = await feed(alice, list, `since_seq=${seq}`)
    expect(changes.map((change) => change.seq)).toEqual([Number(seq) + 1, Number(seq) + 2])
    expect(changes[1]).toMatchObject({
      by: alice.userId,
      ops: [{ op: 'set', kind: 'items', id, field: 'title', from: 'Milk', to: 'Oat milk' }],
    })
    expect([head, more]).toEqual([Number(seq) + 2, false])
    expect(await feed(alice, list, `since_seq=${head}`)).toEqual({ changes: [], head, more: false })
  })

  it('[FEED-1] comes in pages', async () => {
    const list = await api.list(alice)
    for (let count = 0; count < 6; count += 1) await api.item(alice, list, `item ${count}`)
    const seen: number[] = []
    let page = await feed(alice, list, 'since_seq=0&limit=3')
    for (;;) {
      seen.push(...page.changes.map((change) => change.seq))
      if (!page.more) break
      expect(page.changes).toHaveLength(3)
      page = await feed(alice, list, `since_seq=${seen.at(-1)}&limit=3`)
    }
    expect(seen).toEqual(Array.from({ length: page.head }, (_, index) => index + 1))
    const tooMuch = await api.call(alice, `GET /lists/${list}/changes?since_seq=0&limit=501`)
    expect(tooMuch.status).toBe(400)
  })

  it('[FEED-2] says so when it cannot tell everything, instead of leaving something out', async () => {
    const list = await api.list(alice)
    for (let count = 0; count < 4; count += 1) await api.item(alice, list, `item ${count}`)
    const { seq } = await api.ok(alice, `GET /lists/${list}`)
    const beyond = await api.call(alice, `GET /lists/${list}/changes?since_seq=${Number(seq) + 1}`)
    expect(beyond.status).toBe(410)
    expect(beyond.body).toMatchObject({ code: 'too-far-behind', currentSeq: seq })
    await withClient(api.server.databaseUrl ?? '', (client) =>
      client.query('DELETE FROM list_updates WHERE list_id = $1 AND seq = 3', [list]),
    )
    const upToHole = await feed(alice, list, 'since_seq=0')
    expect([upToHole.changes.map((change) => change.seq), upToHole.more]).toEqual([[1, 2], true])
    const behind = await api.call(alice, `GET /lists/${list}/changes?since_seq=2`)
    expect(behind.body).toMatchObject({ code: 'too-far-behind', currentSeq: seq })
    expect((await feed(alice, list, 'since_seq=3')).changes.map((change) => change.seq)).toEqual([4, 5])
  })

  it('[FEED-3][P-19] never says who somebody unnamed is, and joins no two names of theirs', async () => {
    const list = await api.list(alice)
    const bob = await api.person('Bob')
    await api.giveRole(alice, list, bob, 'editor')
    const byName = await api.item(bob, list, 'by name')
    await api.ok(bob, `PATCH /lists/${list}/members/me`, { json: { anonymous: true } })
    const unnamed = await api.item(bob, list, 'unnamed')
    await api.ok(bob, `PATCH /lists/${list}/items/${unnamed}`, { json: { notes: 'only text' } })
    await api.ok(bob, `PATCH /lists/${list}/items/${unnamed}`, { json: { notes: 'only more text' } })
    const { changes } = await feed(alice, list, 'since_seq=0')
    const byOf = (id: string) =>
      changes.filter((change) => change.ops.some((op) => op['id'] === id)).map((change) => change.by)
    expect(byOf(byName)).toEqual([bob.userId])
    const [name, ...others] = byOf(unnamed)
    expect(name).toMatch(/^anon_/)
    expect(others).toEqual([name, name])
    const afterwards = JSON.stringify(changes.filter((change) => change.by === name))
    expect(afterwards).not.toContain(bob.userId)
    const { items } = await api.ok(alice, `GET /lists/${list}`)
    expect((items as Body[]).find((item) => item['id'] === unnamed)).toMatchObject({ created: { by: name } })
    await api.ok(bob, `POST /lists/${list}/leave`)
    const left = await feed(alice, list, 'since_seq=0')
    expect(JSON.stringify(left.changes.filter((change) => change.by !== bob.userId))).not.toContain(
      bob.userId,
    )
  })

  it('[FEED-4][C-03][C-22] whoever reads the list and then its changes misses nothing written in between', async () => {
    const list = await api.list(alice)
    const bob = await api.person('Bob')
    await api.giveRole(alice, list, bob, 'editor')
    let isOver = false
    const writing = (async () => {
      for (let count = 0; count < 40; count += 1) await api.item(bob, list, `item ${count}`)
      isOver = true
    })()
    writing.catch(() => undefined)
    while (!isOver) {
      const state = await api.ok(alice, `GET /lists/${list}`)
      const seq = Number(state['seq'])
      const then = new Set((state['items'] as Body[]).map((item) => item['id']))
      const later = await feed(alice, list, `since_seq=${seq}`)
      for (const change of later.changes) {
        for (const op of change.ops) if (op['op'] === 'add') then.add(op['id'])
      }
      const known = await feed(alice, list, 'since_seq=0')
      const added = known.changes
        .filter((change) => change.seq <= Math.max(seq, later.head))
        .flatMap((change) => change.ops.filter((op) => op['op'] === 'add').map((op) => op['id']))
      expect([...then].sort()).toEqual([...added].sort())
    }
    await writing
  })

  it('[FEED-1] is for members', async () => {
    const list = await api.list(alice)
    const stranger = await api.person('Mallory')
    const { status, body } = await api.call(stranger, `GET /lists/${list}/changes?since_seq=0`)
    expect([status, body['code']]).toEqual([404, 'no-such-list'])
    expect((await api.call(null, `GET /lists/${list}/changes?since_seq=0`)).status).toBe(401)
  })
})
