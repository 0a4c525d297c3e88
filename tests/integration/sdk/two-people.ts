import { type Client, type ClientOptions, createClient, type List } from '@tandem/client-sdk'
import {
  createMemoryStorage,
  createTestNetwork,
  type MemoryStorage,
  type TestNetwork,
} from '@tandem/client-sdk/testing'
import { type Guest, giveRole, guest } from '../../support/people.ts'
import { until } from '../../support/until.ts'

/** One person on one device: a client with a device store and a network of its own. */
export interface Person {
  readonly client: Client
  readonly network: TestNetwork
  readonly storage: MemoryStorage
  readonly identity: Guest
  readonly errors: unknown[]
}

const open: Client[] = []

export async function person(serverUrl: string, name: string): Promise<Person> {
  return again(serverUrl, await guest(serverUrl, name), createMemoryStorage())
}

/** The same person, on the same device or another: a page load. */
export function again(
  serverUrl: string,
  identity: Guest,
  storage: MemoryStorage,
  options: Partial<ClientOptions> & { offline?: boolean } = {},
): Person {
  const network = createTestNetwork()
  const errors: unknown[] = []
  const { offline = false, ...rest } = options
  if (offline) network.cut()
  const client = createClient({
    url: serverUrl,
    token: identity.token,
    storage,
    fetch: network.fetch,
    openSocket: network.openSocket,
    onError: (error) => errors.push(error),
    ...rest,
  })
  open.push(client)
  return { client, network, storage, identity, errors }
}

/** For afterEach: no client of one test speaks into the next. */
export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((client) => client.close()))
}

/** A list of the first person that the others may edit, open and synced on every device. */
export async function sharedList(serverUrl: string, owner: Person, ...others: Person[]): Promise<List[]> {
  const created = owner.client.lists.create({ title: 'Groceries' })
  await created.confirmed
  const listId = created.value.id
  for (const other of others) {
    await giveRole(serverUrl, owner.identity.token, { listId, userId: other.identity.userId, role: 'editor' })
  }
  const lists = [created.value, ...others.map((other) => other.client.lists.open(listId))]
  await until(() => lists.every(isSynced), { what: 'everybody synced' })
  return lists
}

export function isSynced(list: List): boolean {
  return list.status.getSnapshot().state === 'synced'
}

export function titles(list: List, view = {}): string[] {
  return list.items
    .ids(view)
    .getSnapshot()
    .map((id) => list.items.item(id).getSnapshot()?.title ?? '')
}
