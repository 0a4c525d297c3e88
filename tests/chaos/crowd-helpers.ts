import { createList, guest } from '../support/people.ts'
import { withClient } from '../support/postgres.ts'
import { RawClient } from '../support/raw-client.ts'
import type { CrowdLists } from './crowd.ts'

/** Lists that outlive every crash of the test. */
export async function makeLists(serverUrl: string, count: number): Promise<CrowdLists> {
  const owner = await guest(serverUrl, 'Alice')
  const listIds: string[] = []
  for (let n = 0; n < count; n++) {
    listIds.push((await createList(serverUrl, owner.token, { title: `List ${n}` })).id)
  }
  return { owner, listIds }
}

/** What `ids` (as `listId/itemId`) a newcomer does not find on the server. */
export async function missing(wsUrl: string, lists: CrowdLists, ids: Iterable<string>): Promise<string[]> {
  const found = new Map<string, RawClient>()
  for (const listId of lists.listIds) {
    const reader = new RawClient({ url: `${wsUrl}/sync`, token: lists.owner.token, listId })
    await reader.synced
    found.set(listId, reader)
  }
  const lost = [...ids].filter((id) => {
    const [listId = '', itemId = ''] = id.split('/')
    return found.get(listId)?.document.getMap('items').has(itemId) !== true
  })
  for (const reader of found.values()) reader.drop()
  return lost
}

/** Every item whose adding stands in the log, as `listId/itemId`. */
export async function added(databaseUrl: string, lists: CrowdLists): Promise<string[]> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT list_id || '/' || (op->>'id') AS id FROM list_updates, jsonb_array_elements(ops) AS op
        WHERE op->>'op' = 'add' AND list_id = ANY($1::uuid[])`,
      [lists.listIds],
    )
    return rows.map((row) => row.id)
  })
}

/** Items whose adding stands in the log more than once. */
export async function addedTwice(databaseUrl: string, lists: CrowdLists): Promise<string[]> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT op->>'id' AS id FROM list_updates, jsonb_array_elements(ops) AS op
        WHERE op->>'op' = 'add' AND list_id = ANY($1::uuid[])
        GROUP BY list_id, op->>'id' HAVING count(*) > 1`,
      [lists.listIds],
    )
    return rows.map((row) => row.id)
  })
}
