import { type Client, createClient, type List } from '@tandem/client-sdk'
import { createMemoryStorage, createTestNetwork, type TestNetwork } from '@tandem/client-sdk/testing'
import type { Directory, ListId, UserId } from '@tandem/persistence'
import * as Y from 'yjs'
import type { Environment } from './quick-time.ts'

export interface DeviceOptions {
  readonly userId: string
  readonly listId: string
  readonly directory: Directory
  readonly environment: Environment
  /** Where to connect next: another node each time, if there are several. */
  readonly port: () => number
}

/** One person's device: what is on its disk outlives every page. */
export class Device {
  readonly userId: string
  client: Client
  list: List
  network: TestNetwork
  readonly errors: unknown[] = []
  readonly #storage = createMemoryStorage()
  readonly #options: DeviceOptions

  constructor(options: DeviceOptions) {
    this.userId = options.userId
    this.#options = options
    const page = this.#load(false)
    this.client = page.client
    this.list = page.list
    this.network = page.network
  }

  /** The page is gone without a goodbye and loaded again, with or without a network. */
  async reload(offline: boolean): Promise<void> {
    this.network.cut()
    const old = this.client
    const page = this.#load(offline)
    this.client = page.client
    this.list = page.list
    this.network = page.network
    await old.close()
  }

  /** What is on the disk, as a document. */
  async stored(): Promise<Y.Doc> {
    const store = await this.#storage.open(this.userId)
    const { base, pending } = await store.load(this.#options.listId)
    const document = new Y.Doc()
    for (const update of [...base, ...pending.map((edit) => edit.update)]) Y.applyUpdate(document, update)
    return document
  }

  async pendingOnDisk(): Promise<number> {
    const store = await this.#storage.open(this.userId)
    return (await store.load(this.#options.listId)).pending.length
  }

  #load(offline: boolean): { client: Client; list: List; network: TestNetwork } {
    const { environment, port, userId, directory, listId } = this.#options
    const network = createTestNetwork({ fetch: restOf(directory, userId) })
    if (offline) network.cut()
    const client = createClient({
      url: 'http://127.0.0.1:1',
      // Tokens of these nodes are user ids; the SDK takes the person from a token's claims, which these do not have.
      token: tokenOf(userId),
      storage: this.#storage,
      environment,
      fetch: network.fetch,
      openSocket: () => network.openSocket(`ws://127.0.0.1:${port()}/sync`),
      onError: (error) => this.errors.push(error),
    })
    return { client, list: client.lists.open(listId), network }
  }
}

export function tokenOf(userId: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ sub: userId, name: userId })}.`
}

/** The two REST calls of the SDK, answered from the same directory the nodes use. */
function restOf(directory: Directory, userId: string): typeof fetch {
  return async (_input, init) => {
    if (init?.method === 'POST') {
      const { id, title } = JSON.parse(String(init.body)) as { id: ListId; title: string }
      const made = await directory.createList({ id, title, ownerId: userId as UserId })
      return made.outcome === 'taken'
        ? Response.json({}, { status: 409 })
        : Response.json(made.list, { status: 201 })
    }
    return Response.json({ lists: await directory.listFor(userId as UserId) })
  }
}
