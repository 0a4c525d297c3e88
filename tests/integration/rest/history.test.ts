import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
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
  readonly next: number | null
  readonly missing: number
}

const history = async (person: Person, list: string, query = ''): Promise<Page> =>
  (await api.ok(person, `GET /lists/${list}/history?${query}`)) as unknown as Page

const seqsOf = ({ changes }: Page): number[] => changes.map(({ seq }) => seq)

/** All pages, from the newest to the beginning. */
async function wholeHistory(list: string, query: string): Promise<Page[]> {
  const pages = [await history(alice, list, query)]
  for (let last = pages[0]; last !== undefined && last.next !== null; last = pages.at(-1)) {
    pages.push(await history(alice, list, `${query}&before=${last.next}`))
  }
  return pages
}

const loses = (list: string, ...seqs: number[]): Promise<unknown> =>
  withClient(api.server.databaseUrl ?? '', (client) =>
    client.query('DELETE FROM list_updates WHERE list_id = $1 AND seq = ANY ($2)', [list, seqs]),
  )

describe('the history of a list', () => {
  it('[HIST-1] is what the feed tells, from the newest back to the first, in pages without gaps or repeats', async () => {
    const list = await api.list(alice)
    const milk = await api.item(alice, list, 'Milk')
    for (let count = 0; count < 5; count += 1) await api.item(alice, list, `item ${count}`)
    await api.ok(alice, `PATCH /lists/${list}/items/${milk}`, { json: { title: 'Oat milk' } })
    const fed = (await api.ok(alice, `GET /lists/${list}/changes?since_seq=0`)) as unknown as Page
    const all = await history(alice, list)
    expect(all).toEqual({ changes: [...fed.changes].reverse(), head: fed.head, next: null, missing: 0 })
    expect(all.changes[0]).toMatchObject({
      by: alice.userId,
      ops: [{ op: 'set', kind: 'items', id: milk, field: 'title', from: 'Milk', to: 'Oat milk' }],
    })
    const pages = await wholeHistory(list, 'limit=3')
    expect(pages.map(({ changes }) => changes.length)).toEqual([3, 3, all.changes.length - 6])
    expect(pages.flatMap(seqsOf)).toEqual(seqsOf(all))
    expect(await history(alice, list, 'before=999')).toEqual(all)
    for (const before of [0, 1]) {
      const nothing = { changes: [], head: fed.head, next: null, missing: 0 }
      expect(await history(alice, list, `before=${before}`)).toEqual(nothing)
    }
    for (const wrong of ['limit=501', 'limit=0', 'before=-1', 'before=x', 'item=..', 'since_seq=0']) {
      expect((await api.call(alice, `GET /lists/${list}/history?${wrong}`)).status, wrong).toBe(400)
    }
  })

  it('[HIST-2] of one item it is what concerns that item, and an edit of several shows no other', async () => {
    const list = await api.list(alice)
    const milk = await api.item(alice, list, 'Milk')
    const bread = await api.item(alice, list, 'Bread')
    const { label } = await api.ok(alice, `POST /lists/${list}/labels`, { json: { title: 'cheap' } })
    const cheap = (label as Body)['id']
    const change = { title: 'Oat milk', notes: 'two', labels: { add: [cheap] } }
    await api.ok(alice, `PATCH /lists/${list}/items/${milk}`, { json: change })
    await api.ok(alice, `DELETE /lists/${list}/items/${bread}`)
    await api.item(alice, list, 'Semi-skimmed', { place: { at: 'end', parent: milk } })
    // Takes its subtask along.
    await api.ok(alice, `DELETE /lists/${list}/items/${milk}`)
    const { changes } = await history(alice, list, `item=${milk}`)
    expect(changes.map(({ ops }) => ops.map(({ op, field, set }) => field ?? set ?? op).sort())).toEqual([
      ['deleted'],
      ['label', 'note', 'title'],
      ['add'],
    ])
    expect(changes.flatMap(({ ops }) => ops.map(({ id }) => id))).toEqual(Array(5).fill(milk))
    expect(await history(alice, list, 'item=nobody-has-this')).toMatchObject({ changes: [], next: null })
  })

  it('[HIST-2] a comment is in the history of the item it was written on', async () => {
    const list = await api.list(alice)
    const milk = await api.item(alice, list, 'Milk')
    await api.item(alice, list, 'Bread')
    const doc = new Y.Doc()
    const comment = { item: milk, body: 'Which one?', by: alice.userId, at: 1 }
    doc.getMap('comments').set('comment-00001', comment)
    const bytes = (of: Uint8Array) => Buffer.from(of).toString('base64')
    const json = { stateVector: bytes(Y.encodeStateVector(doc)), update: bytes(Y.encodeStateAsUpdate(doc)) }
    await api.ok(alice, `POST /lists/${list}/sync`, { json })
    const { changes } = await history(alice, list, `item=${milk}&limit=1`)
    expect(changes).toMatchObject([{ ops: [{ op: 'add', kind: 'comments', id: 'comment-00001' }] }])
  })

  it('[HIST-3] one request looks at 1,000 positions at most, and says where the next one goes on', async () => {
    const list = await api.list(alice)
    const milk = await api.item(alice, list, 'Milk')
    const { seq } = await api.ok(alice, `GET /lists/${list}`)
    // As if 2,100 edits of others had followed: rows that say nothing of this item.
    await withClient(api.server.databaseUrl ?? '', async (client) => {
      const added = `INSERT INTO list_updates (list_id, seq, actor_id, op_id, ops, data, checksum)
        SELECT list_id, seq + n, actor_id, gen_random_uuid(), '[]', data, checksum
        FROM list_updates, generate_series(1, 2100) n WHERE list_id = $1 AND seq = $2`
      await client.query(added, [list, seq])
      await client.query('UPDATE lists SET head_seq = head_seq + 2100 WHERE id = $1', [list])
    })
    const pages = await wholeHistory(list, `item=${milk}`)
    expect(pages.map(({ changes, next }) => [changes.length, next])).toEqual([
      [0, Number(seq) + 1101],
      [0, Number(seq) + 101],
      [1, null],
    ])
  })

  it('[HIST-4] what the log has lost is counted, where it was, and the rest is told', async () => {
    const list = await api.list(alice)
    for (let count = 0; count < 7; count += 1) await api.item(alice, list, `item ${count}`)
    const { changes } = await history(alice, list)
    const head = changes.length
    await loses(list, 2, 3, head)
    const told = [...Array(head - 1).keys()].map((index) => head - 1 - index)
    const left = told.filter((seq) => seq !== 2 && seq !== 3)
    const whole = await history(alice, list)
    expect([seqsOf(whole), whole.next, whole.missing]).toEqual([left, null, 3])
    const pages = await wholeHistory(list, 'limit=2')
    expect(pages.flatMap(seqsOf)).toEqual(left)
    expect(pages.map(({ missing }) => missing)).toEqual([1, 0, 2])
    await withClient(api.server.databaseUrl ?? '', (client) =>
      client.query('UPDATE list_updates SET checksum = checksum + 1 WHERE list_id = $1 AND seq = 5', [list]),
    )
    expect(await history(alice, list)).toMatchObject({ missing: 4, next: null })
  })

  it('[HIST-5][P-19] is for members: to a stranger there is no such list, and somebody unnamed stays so', async () => {
    const list = await api.list(alice)
    const bob = await api.person('Bob')
    await api.giveRole(alice, list, bob, 'viewer')
    expect((await history(bob, list)).changes).not.toEqual([])
    await api.giveRole(alice, list, bob, 'editor')
    await api.ok(bob, `PATCH /lists/${list}/members/me`, { json: { anonymous: true } })
    const item = await api.item(bob, list, 'Secret')
    await api.ok(bob, `PATCH /lists/${list}/items/${item}`, { json: { notes: 'only text' } })
    const page = await history(alice, list)
    expect(page.changes.slice(0, 2).map(({ by }) => by)).toEqual([
      expect.stringMatching(/^anon_/),
      page.changes[0]?.by,
    ])
    expect(JSON.stringify(page)).not.toContain(bob.userId)
    const stranger = await api.person('Mallory')
    const nowhere = '00000000-0000-4000-8000-000000000000'
    const [there, nothing] = await Promise.all(
      [list, nowhere].map((id) => api.call(stranger, `GET /lists/${id}/history?item=${item}`)),
    )
    expect([there?.status, there?.body['code']]).toEqual([404, 'no-such-list'])
    expect(there?.text).toBe(nothing?.text)
    expect((await api.call(null, `GET /lists/${list}/history`)).status).toBe(401)
  })
})
