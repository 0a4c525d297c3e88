import type { UserId } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { newList } from '../sync/node.ts'
import { authorsInLog, join, refusalsOf, type Stage, twoNodes } from './stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await twoNodes()
})

afterEach(() => stage.end())

const BINS = 'bins-0000'
const FIRST = '2030-01-07'
const NEXT = `${BINS}~2030-01-14`

function put(client: RawClient, key: string, value: unknown): void {
  client.document.getMap('items').set(key, value)
}

const tick = (client: RawClient, by: string, done: boolean): void =>
  put(client, `${BINS}/done`, [done, by, 1_700_000_000_000])

async function withBins(repeat: string | null) {
  const { one, two } = stage
  const listId = await newList(one.storage, { cleo: 'checker' })
  const ann = await join(one, listId, 'ann')
  const birth = { by: 'ann', at: 1, title: 'Bins', order: 'a0', due: { date: FIRST }, repeat }
  put(ann, BINS, birth)
  await until(() => ann.unanswered === 0)
  const cleo = await join(two, listId, 'cleo')
  await until(() => cleo.document.getMap('items').has(BINS))
  return { listId, ann, cleo }
}

const items = (client: RawClient) => client.document.getMap('items')

/** Both have what both wrote: what either writes from here on is not beside the other's. */
const agreed = (...clients: RawClient[]) =>
  until(() => {
    const contents = clients.map((client) => JSON.stringify(Object.entries(items(client).toJSON()).sort()))
    return clients.every((client) => client.unanswered === 0) && new Set(contents).size === 1
  })

describe('a repeating item that a checker ticks', () => {
  it('[ROLE-4][P-14] comes again: the server makes the next one in their name, and takes it away when they untick', async () => {
    const { listId, ann, cleo } = await withBins('FREQ=WEEKLY')
    tick(cleo, 'cleo', true)
    await until(() => items(ann).has(NEXT) && items(cleo).has(NEXT))
    expect(items(ann).get(NEXT)).toMatchObject({ by: 'cleo', title: 'Bins', due: { date: '2030-01-14' } })
    expect(refusalsOf(cleo)).toEqual([])
    expect(await authorsInLog(stage.database, listId)).toEqual(['ann', 'cleo', 'cleo'])
    tick(cleo, 'cleo', false)
    await until(() => Array.isArray(items(ann).get(`${NEXT}/deleted`)))
    expect(items(ann).get(`${NEXT}/deleted`)).toEqual([true, 'cleo', expect.any(Number)])
    await agreed(ann, cleo)
    tick(cleo, 'cleo', true)
    await until(() => (items(ann).get(`${NEXT}/deleted`) as unknown[])[0] === false)
  })

  it('[ROLE-4] which is nobody’s by name when they asked not to be named', async () => {
    const { listId, ann } = await withBins('FREQ=WEEKLY')
    const set = await stage.one.storage.grants.setAnonymous({
      listId,
      userId: 'cleo' as UserId,
      anonymous: true,
    })
    const anonymousId = set.outcome === 'set' ? (set.anonymousId ?? '') : ''
    const cleo = await join(stage.two, listId, 'cleo')
    tick(cleo, anonymousId, true)
    await until(() => items(ann).has(NEXT))
    expect(items(ann).get(NEXT)).toMatchObject({ by: anonymousId })
  })

  it('[ROLE-4] what does not repeat brings nothing; what an editor ticks is theirs to repeat', async () => {
    const { listId, ann, cleo } = await withBins(null)
    tick(cleo, 'cleo', true)
    await agreed(ann, cleo)
    put(ann, `${BINS}/repeat`, ['FREQ=WEEKLY', 'ann', 1])
    tick(ann, 'ann', false)
    tick(ann, 'ann', true)
    await agreed(ann, cleo)
    // A tick of the checker's now would bring the next one, so this is not for lack of time.
    tick(cleo, 'cleo', false)
    tick(cleo, 'cleo', true)
    await until(() => items(ann).has(NEXT))
    expect(await authorsInLog(stage.database, listId)).toEqual([
      ...['ann', 'cleo', 'ann', 'ann', 'ann', 'cleo', 'cleo'],
      'cleo',
    ])
  })
})
