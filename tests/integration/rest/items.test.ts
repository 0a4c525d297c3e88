import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const items = async (query = ''): Promise<Body[]> =>
  (await api.ok(alice, `GET /lists/${list}/items${query}`))['items'] as Body[]

describe('items by REST', () => {
  it('[REST-1][C-01] writes one change and answers its position and the item', async () => {
    const id = await api.item(alice, list, 'Milk')
    const before = await api.ok(alice, `GET /lists/${list}`)
    const patched = await api.ok(alice, `PATCH /lists/${list}/items/${id}`, { json: { title: 'Oat milk' } })
    expect(patched['seq']).toBe(Number(before['seq']) + 1)
    expect(patched['item']).toMatchObject({
      id,
      title: 'Oat milk',
      done: false,
      created: { by: alice.userId },
    })
    const same = await api.ok(alice, `PATCH /lists/${list}/items/${id}`, { json: { title: 'Oat milk' } })
    expect(same['seq']).toBe(patched['seq'])
  })

  it('[REST-1] changes every field, and only those that are named', async () => {
    const section = (await api.ok(alice, `POST /lists/${list}/sections`, { json: { title: 'Dairy' } }))[
      'section'
    ] as Body
    const label = (
      await api.ok(alice, `POST /lists/${list}/labels`, { json: { title: 'vegan', color: 'green' } })
    )['label'] as Body
    const id = await api.item(alice, list, 'Cheese', { priority: 2, notes: 'the old one' })
    const json = {
      done: true,
      due: { date: '2027-03-01', time: '09:30', tz: 'Europe/Berlin' },
      remindAt: ['2027-03-01T08:00'],
      quantity: '200 g',
      link: 'https://example.com/cheese',
      section: section['id'],
      assignees: { add: [alice.userId, 'someone-else'] },
      labels: { add: [label['id']] },
      notes: 'the old one, but ripe',
      extensions: { 'x-shop': { aisle: 4 } },
    }
    await api.ok(alice, `PATCH /lists/${list}/items/${id}`, { json })
    await api.ok(alice, `PATCH /lists/${list}/items/${id}`, {
      json: { assignees: { remove: ['someone-else'] }, quantity: null },
    })
    const { item } = await api.ok(alice, `GET /lists/${list}/items/${id}`)
    expect(item).toMatchObject({
      title: 'Cheese',
      priority: 2,
      done: true,
      due: json.due,
      remindAt: json.remindAt,
      quantity: null,
      link: json.link,
      section: section['id'],
      assignees: [alice.userId],
      labels: [label['id']],
      notes: json.notes,
      extensions: json.extensions,
      completed: { by: alice.userId },
    })
    expect((await items('?done=true')).map((one) => one['id'])).toContain(id)
    expect(
      (await items(`?label=${label['id']}&section=${section['id']}&text=chee`)).map((one) => one['id']),
    ).toEqual([id])
  })

  it('[REST-1] puts an item where it is told, and writes the rest of a change in the same update', async () => {
    const own = await api.list(alice, 'Order')
    const a = await api.item(alice, own, 'a')
    const b = await api.item(alice, own, 'b')
    const c = await api.item(alice, own, 'c', { place: { before: b } })
    const titles = async () =>
      ((await api.ok(alice, `GET /lists/${own}`))['items'] as Body[]).map((item) => item['title'])
    expect(await titles()).toEqual(['a', 'c', 'b'])
    const moved = await api.ok(alice, `PATCH /lists/${own}/items/${a}`, {
      json: { place: { after: b }, title: 'A', done: true },
    })
    expect(await titles()).toEqual(['c', 'b', 'A'])
    expect((await api.ok(alice, `GET /lists/${own}`))['seq']).toBe(moved['seq'])
    const { changes } = await api.ok(alice, `GET /lists/${own}/changes?since_seq=${Number(moved['seq']) - 1}`)
    expect(changes).toHaveLength(1)
    expect(c).not.toBe(a)
  })

  it('[REST-2][C-08][F-10] answers 410 with the title and the way back for what was deleted', async () => {
    const id = await api.item(alice, list, 'Buy milk')
    const deleted = await api.ok(alice, `DELETE /lists/${list}/items/${id}`)
    expect(deleted['item']).toMatchObject({ deleted: { by: alice.userId } })
    for (const [line, json] of [
      [`PATCH /lists/${list}/items/${id}`, { title: 'Buy oat milk' }],
      [`GET /lists/${list}/items/${id}`, undefined],
      [`DELETE /lists/${list}/items/${id}`, undefined],
    ] as const) {
      const { status, body } = await api.call(alice, line, { json })
      expect(status, line).toBe(410)
      expect(body).toMatchObject({
        code: 'gone',
        detail: '“Buy milk” was deleted. Restore it?',
        record: { id, title: 'Buy milk', deletedBy: alice.userId },
        restore: `/api/v1/lists/${list}/items/${id}/restore`,
      })
    }
    expect((await items('?trash=true')).map((one) => one['id'])).toContain(id)
    const back = await api.ok(alice, `POST /lists/${list}/items/${id}/restore`)
    expect(back['item']).toMatchObject({ title: 'Buy milk', deleted: null })
  })

  it('[REST-3] refuses what the model refuses, names it, and writes nothing', async () => {
    const id = await api.item(alice, list, 'Bread')
    const { seq } = await api.ok(alice, `GET /lists/${list}`)
    const wrong: [Body, RegExp][] = [
      [{ due: { date: '2027-02-30' } }, /date/],
      [{ repeat: 'FREQ=SOMETIMES' }, /repeat/],
      [{ link: 'javascript:alert(1)' }, /https/],
      [{ labels: { add: ['no-such-label'] } }, /label/],
      [{ section: 'no-such-section' }, /section/],
      [{ place: { before: 'no-such-item' } }, /item/],
      [{ section: null, place: { at: 'start' } }, /section and place/],
      [{ extensions: { colour: 1 } }, /x-/],
      [{ titel: 'typo' }, /titel/],
      [{ today: '2027-02-30', done: true }, /today/],
    ]
    for (const [json, detail] of wrong) {
      const { status, body } = await api.call(alice, `PATCH /lists/${list}/items/${id}`, { json })
      expect(status, JSON.stringify(json)).toBe(400)
      expect(body['code']).toBe('validation-error')
      expect(body['detail']).toMatch(detail)
    }
    const missing = await api.call(alice, `PATCH /lists/${list}/items/no-such-item`, { json: { title: 'x' } })
    expect([missing.status, missing.body['code']]).toEqual([404, 'no-such-record'])
    expect((await api.ok(alice, `GET /lists/${list}`))['seq']).toBe(seq)
  })

  it('[REST-4] makes the same item of the same id again, and takes nobody else’s', async () => {
    const bob = await api.person('Bob')
    await api.giveRole(alice, list, bob, 'editor')
    const json = { id: 'chosen-by-me', title: 'Eggs' }
    const first = await api.call(alice, `POST /lists/${list}/items`, { json })
    const again = await api.call(alice, `POST /lists/${list}/items`, { json })
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.body['item']).toEqual(first.body['item'])
    const bobs = await api.call(bob, `POST /lists/${list}/items`, { json })
    expect([bobs.status, bobs.body['code']]).toEqual([409, 'id-taken'])
  })

  it('[REST-5] completing a repeating item makes the next one, also by somebody who may only tick', async () => {
    const carol = await api.person('Carol')
    await api.giveRole(alice, list, carol, 'checker')
    for (const person of [alice, carol]) {
      const id = await api.item(alice, list, `Water the plants ${person.name}`, {
        due: { date: '2027-05-03' },
        repeat: 'FREQ=WEEKLY',
      })
      await api.ok(person, `PATCH /lists/${list}/items/${id}`, { json: { done: true } })
      await expect
        .poll(async () => (await items()).find((one) => one['id'] === `${id}~2027-05-10`), {
          timeout: 10_000,
        })
        .toMatchObject({ due: { date: '2027-05-10' }, done: false, created: { by: person.userId } })
    }
  })
})

describe('sections and labels by REST', () => {
  it.each(['section', 'label'])(
    '[REST-1][REST-2] a %s is made, changed, deleted and brought back',
    async (kind) => {
      const at = `/lists/${list}/${kind}s`
      const made = (await api.ok(alice, `POST ${at}`, { json: { title: 'One' } }))[kind] as Body
      const renamed = await api.ok(alice, `PATCH ${at}/${made['id']}`, { json: { title: 'Two' } })
      expect(renamed[kind]).toMatchObject({ id: made['id'], title: 'Two', deleted: null })
      await api.ok(alice, `DELETE ${at}/${made['id']}`)
      const gone = await api.call(alice, `PATCH ${at}/${made['id']}`, { json: { title: 'Three' } })
      expect(gone.status).toBe(410)
      expect(gone.body).toMatchObject({ code: 'gone', restore: `/api/v1${at}/${made['id']}/restore` })
      const listed = (await api.ok(alice, `GET ${at}`))[`${kind}s`] as Body[]
      expect(listed.map((one) => one['id'])).not.toContain(made['id'])
      const back = await api.ok(alice, `POST ${at}/${made['id']}/restore`)
      expect(back[kind]).toMatchObject({ title: 'Two', deleted: null })
    },
  )

  it('[REST-1] sections are moved', async () => {
    const own = await api.list(alice, 'Sections')
    const add = async (title: string) =>
      ((await api.ok(alice, `POST /lists/${own}/sections`, { json: { title } }))['section'] as Body)['id']
    const [first, second] = [await add('first'), await add('second')]
    await api.ok(alice, `PATCH /lists/${own}/sections/${second}`, { json: { place: { before: first } } })
    const { sections } = await api.ok(alice, `GET /lists/${own}/sections`)
    expect((sections as Body[]).map((section) => section['title'])).toEqual(['second', 'first'])
  })
})
