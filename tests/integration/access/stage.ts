import { parseServerMessage, type ServerMessage } from '@tandem/client-sdk/protocol'
import type { ListId, Storage, StoredRole, UserId } from '@tandem/persistence'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { grant, type NodeOptions, startNode, type TestNode } from '../sync/node.ts'

export type GrantedRole = Exclude<StoredRole, 'owner'>

/** Two servers on one database, as they run behind a load balancer. */
export interface Stage {
  readonly database: FreshDatabase
  readonly one: TestNode
  readonly two: TestNode
  readonly nodes: readonly [TestNode, TestNode]
  end(): Promise<void>
}

export async function twoNodes(options: Omit<NodeOptions, 'databaseUrl'> = {}): Promise<Stage> {
  const database = await freshDatabase()
  const one = await startNode({ ...options, databaseUrl: database.url })
  const two = await startNode({ ...options, databaseUrl: database.url })
  return {
    database,
    one,
    two,
    nodes: [one, two],
    async end() {
      await Promise.all([one.stop(), two.stop()])
      await database.drop()
    },
  }
}

export async function join(node: TestNode, listId: ListId, token: string): Promise<RawClient> {
  const client = new RawClient({ url: node.url, token, listId })
  await client.synced
  return client
}

/** What an attempt to open a list is answered with when it is denied. */
export async function denialOf(node: TestNode, listId: string, token: string): Promise<string> {
  const client = new RawClient({ url: node.url, token, listId })
  const reason = await client.synced.then(
    () => 'opened',
    () => client.denied ?? 'closed',
  )
  client.drop()
  return reason
}

export function heard<T extends ServerMessage['type']>(
  client: RawClient,
  type: T,
): Extract<ServerMessage, { type: T }>[] {
  return client.messages.flatMap((text) => {
    const message = parseServerMessage(text)
    return message?.type === type ? [message as Extract<ServerMessage, { type: T }>] : []
  })
}

export const refusalsOf = (client: RawClient) => heard(client, 'refused').map(({ refusal }) => refusal)

/** Gives a role as REST does: written first, then told. */
export async function giveRole(
  node: TestNode,
  listId: ListId,
  { userId, role }: { userId: string; role: GrantedRole },
): Promise<void> {
  await grant(node.storage, listId, { userId, role })
  await node.hub.accessChanged(listId, userId as UserId)
}

export async function remove(node: TestNode, listId: ListId, userId: string, by = 'ann') {
  const answer = await node.storage.grants.revoke({
    listId,
    userId: userId as UserId,
    by: by as UserId,
    why: by === userId ? 'left' : 'removed',
    may: () => true,
  })
  if (answer.outcome !== 'revoked') throw new Error(`Not removed: ${answer.outcome}`)
  await node.hub.accessChanged(listId, userId as UserId)
  return answer.invited
}

/** Somebody who lets others in. */
export async function inviteAs(
  storage: Storage,
  listId: ListId,
  { by, userId, role }: { by: string; userId: string; role: GrantedRole },
): Promise<void> {
  await storage.directory.ensureUser({ id: userId as UserId, name: userId })
  const given = await storage.grants.grant({
    listId,
    userId: userId as UserId,
    role,
    by: by as UserId,
    may: () => true,
  })
  if (!('member' in given)) throw new Error(`Not invited: ${given.outcome}`)
}

/** Who wrote each row of a list's log, oldest first. */
export async function authorsInLog(database: FreshDatabase, listId: ListId): Promise<string[]> {
  const { rows } = await withClient(database.url, (client) =>
    client.query<{ actor_id: string }>('SELECT actor_id FROM list_updates WHERE list_id = $1 ORDER BY seq', [
      listId,
    ]),
  )
  return rows.map((row) => row.actor_id)
}
