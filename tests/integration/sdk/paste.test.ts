import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { withClient } from '../../support/postgres.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { closeAll, isSynced, person, sharedList, titles } from './two-people.ts'

const LINES = 1_200
const MAX_UPDATE_BYTES = 1_000_000
const PIECE_BYTES = 100_000

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})
afterEach(closeAll)
afterAll(() => server.stop())

async function updateSizes(listId: string): Promise<number[]> {
  const { rows } = await withClient(server.databaseUrl ?? '', (client) =>
    client.query<{ bytes: number }>(
      'SELECT length(data) AS bytes FROM list_updates WHERE list_id = $1 ORDER BY seq',
      [listId],
    ),
  )
  return rows.map(({ bytes }) => bytes)
}

it('[LINK-9][UNDO-3][G-10][L-02] a paste of more than a megabyte arrives in pieces, is one undo step, and lets the others work', async () => {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (hers === undefined || his === undefined) throw new Error('There are no lists.')
  const line = 'x'.repeat(1_000)
  const paste = hers.items.addMany(Array.from({ length: LINES }, (_, n) => `${n} ${line}`))

  // Ben's edits are answered while the paste is on its way, each within the second that is promised for any edit.
  let answered = 0
  let slowest = 0
  while (!isSynced(hers)) {
    const startedAt = performance.now()
    await his.items.add(`his ${answered}`).confirmed
    slowest = Math.max(slowest, performance.now() - startedAt)
    answered += 1
  }
  await paste.confirmed
  expect(answered).toBeGreaterThan(0)
  expect(slowest).toBeLessThan(1_000)
  await until(() => titles(his).length === LINES + answered && titles(hers).length === LINES + answered)
  const sizes = await updateSizes(hers.id)
  expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeGreaterThan(MAX_UPDATE_BYTES)
  expect(Math.max(...sizes)).toBeLessThan(PIECE_BYTES)

  expect(hers.undo().value).toBe(true)
  expect(titles(hers)).toEqual(titles(hers).filter((title) => title.startsWith('his ')))
  expect(titles(hers)).toHaveLength(answered)
  await until(() => isSynced(hers) && titles(his).length === answered)
}, 60_000)
