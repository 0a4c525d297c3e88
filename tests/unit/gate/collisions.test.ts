import { expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Verdict } from '../../../server/src/gate/verdict.ts'
import { ada, bob, codeOf, Device, id, opsOf, register, Server } from './support.ts'

interface Pair {
  readonly server: Server
  readonly ann: Device
  readonly ben: Device
}

/** Two people who have the same item, of whom Ann's writes lose (her client id is the lower one) or win. */
function pair(o: { annWins: boolean; gc?: boolean }): Pair {
  const server = new Server()
  const ann = new Device(ada, { clientId: o.annWins ? 9 : 3, ...(o.gc === undefined ? {} : { gc: o.gc }) })
  const ben = new Device(bob, { clientId: 5 })
  ann.addItem('milk', 'Milk')
  server.sync(ann)
  server.sync(ben)
  return { server, ann, ben }
}

const collisionsIn = (verdict: Verdict): unknown[] =>
  opsOf(verdict).filter((op) => (op as { op: string }).op === 'collision')

const about = (kept: [string, string], other: [string, string]) => ({
  op: 'collision',
  kind: 'items',
  id: id('milk'),
  field: 'title',
  kept: { value: kept[0], by: kept[1] },
  other: { value: other[0], by: other[1] },
})

it('[GATE-17][CONF-1] a write that pushes aside one it has not seen is logged with both values', () => {
  const { server, ann, ben } = pair({ annWins: true })
  ben.set('milk', 'title', 'Soy milk')
  ann.set('milk', 'title', 'Oat milk')
  expect(collisionsIn(server.take(ben.takeUnsent(), bob))).toEqual([])
  const verdict = server.take(ann.takeUnsent(), ada)
  expect(collisionsIn(verdict)).toEqual([about(['Oat milk', 'u_ada'], ['Soy milk', 'u_bob'])])
  expect(opsOf(verdict)).toContainEqual({
    op: 'set',
    kind: 'items',
    id: id('milk'),
    field: 'title',
    from: 'Soy milk',
    to: 'Oat milk',
  })
})

it('[GATE-17][CONF-1] a write that gives way at once is logged with both values, and changes nothing', () => {
  const { server, ann, ben } = pair({ annWins: false })
  ben.set('milk', 'title', 'Soy milk')
  ann.set('milk', 'title', 'Oat milk')
  ann.set('milk', 'title', 'Almond milk')
  server.take(ben.takeUnsent(), bob)
  const expected = [about(['Soy milk', 'u_bob'], ['Almond milk', 'u_ada'])]
  expect(opsOf(server.take(ann.takeUnsent(), ada))).toEqual(expected)
  // The log's bytes hold the value too.
  expect(Buffer.from(server.log.at(-1) ?? []).includes('Almond milk')).toBe(true)
})

it('[GATE-17] of a list field, and of a second collision over the same field, the same is said', () => {
  const { server, ann, ben } = pair({ annWins: false })
  const expected = (kept: string, other: string) => [
    {
      op: 'collision',
      kind: 'list',
      field: 'title',
      kept: { value: kept, by: 'u_bob' },
      other: { value: other, by: 'u_ada' },
    },
  ]
  ben.put('list', 'title', register('His', 'u_bob'))
  server.take(ben.takeUnsent(), bob)
  for (const title of ['Hers', 'Hers again']) {
    ann.put('list', 'title', register(title))
    expect(collisionsIn(server.take(ann.takeUnsent(), ada))).toEqual(expected('His', title))
  }
})

it('[GATE-17] who had seen the other value collides with nothing, nor does who wrote the same, a removal or a member', () => {
  const { server, ann, ben } = pair({ annWins: false })
  ben.set('milk', 'title', 'Soy milk')
  ben.set('milk', 'quantity', '2')
  ben.set('milk', 'deleted', true)
  ben.put('items', `${id('milk')}/assignee/u_x`, register(true, 'u_bob'))
  ann.set('milk', 'quantity', '2')
  ann.set('milk', 'deleted', false)
  ann.put('items', `${id('milk')}/assignee/u_x`, register(null))
  server.take(ben.takeUnsent(), bob)
  expect(collisionsIn(server.take(ann.takeUnsent(), ada))).toEqual([])
  server.sync(ann)
  ann.set('milk', 'title', 'Oat milk')
  expect(collisionsIn(server.take(ann.takeUnsent(), ada))).toEqual([])
})

it('[GATE-17] who lost, saw it and decided in the same update is not told what they decided', () => {
  const { server, ann, ben } = pair({ annWins: false, gc: false })
  ben.set('milk', 'title', 'Soy milk')
  server.sync(ben)
  ann.set('milk', 'title', 'Oat milk')
  ann.receive(Y.encodeStateAsUpdate(server.doc))
  ann.set('milk', 'title', 'Oat milk')
  const verdict = server.take(ann.answerTo(server.doc), ada)
  expect(collisionsIn(verdict)).toEqual([])
  expect(server.doc.getMap('items').get(`${id('milk')}/title`)).toEqual(register('Oat milk'))
})

/** What the server says to a value that is overwritten already when it comes, by what Ann has received meanwhile. */
function overwritten(lost: unknown): Verdict {
  const { server, ann, ben } = pair({ annWins: false, gc: false })
  ben.set('milk', 'title', 'Soy milk')
  server.sync(ben)
  ann.put('items', `${id('milk')}/title`, lost)
  ann.receive(Y.encodeStateAsUpdate(server.doc))
  return server.take(ann.answerTo(server.doc), ada)
}

it('[GATE-17][B-24] what the schema does not allow is not spread as a lost value', () => {
  for (const lost of [register(7), 'no register']) expect(collisionsIn(overwritten(lost))).toEqual([])
})

it('[GATE-6][ANON-2] a value that is overwritten when it comes must not name somebody else either: its bytes go to everybody', () => {
  expect(codeOf(overwritten(register('Forged', 'u_bob')))).toBe('forged-author')
})
