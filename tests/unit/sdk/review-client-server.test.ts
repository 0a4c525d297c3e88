import { afterEach, expect, it } from 'vitest'
import { createClient } from '../../../client-sdk/src/client.ts'
import type { SocketLike } from '../../../client-sdk/src/connection/port.ts'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import type { Client, ClientOptions } from '../../../client-sdk/src/types.ts'
import { type ManualEnvironment, manualEnvironment } from './manual-environment.ts'

const token = `x.${btoa(JSON.stringify({ sub: 'u_me', name: 'Me' }))}.x`
const LIST = '00000000-0000-4000-8000-00000000000a'
const open: Client[] = []
afterEach(() => {
  for (const client of open.splice(0)) void client.close()
})

function clientWith(options: Partial<ClientOptions>): { client: Client; environment: ManualEnvironment } {
  const environment = manualEnvironment()
  const base = { url: 'http://127.0.0.1:9', token, storage: createMemoryStorage(), environment }
  const client = createClient({ ...base, ...options })
  open.push(client)
  return { client, environment }
}

const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

it('[SDK-1] a new list that the server refuses rejects its promise, and can be tried again', async () => {
  let isAllowed = false
  const answer = (body: unknown, status: number) => new Response(JSON.stringify(body), { status })
  const fetch: typeof globalThis.fetch = async (_input, init) => {
    if (init?.method !== 'POST') return answer({ lists: [] }, 200)
    const { id } = JSON.parse(String(init.body))
    return isAllowed ? answer({ id, title: 'Trip', role: 'owner' }, 201) : answer({ title: 'No.' }, 409)
  }
  const { client } = clientWith({ fetch })
  await moment()
  const made = client.lists.create({ title: 'Trip' })
  await expect(made.confirmed).rejects.toMatchObject({ code: 'create-refused', message: 'No.' })
  const status = made.value.status.getSnapshot()
  if (status.state !== 'attention') throw new Error(`It is ${status.state}.`)
  expect(status.reason).toBe('create-refused')
  isAllowed = true
  await status.retry()
  await moment()
  expect(client.lists.getSnapshot()).toMatchObject([{ isNew: false }])
})

it('[SDK-1] a request that is never answered does not keep a new list from the server for ever', async () => {
  let asked = 0
  const fetch: typeof globalThis.fetch = (_input, init) => {
    if (init?.method === 'POST') asked += 1
    return new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
    })
  }
  const { client, environment } = clientWith({ fetch })
  await moment()
  client.lists.create({ title: 'Trip' })
  for (let second = 0; second < 40; second += 1) {
    await moment()
    environment.advance(1_000)
  }
  expect(asked).toBeGreaterThan(1)
})

it('[LOCAL-6] closing ends all traffic at once, also on a device that does not answer', async () => {
  const memory = createMemoryStorage()
  const storage = {
    ...memory,
    open: async (userId: string) => {
      const store = await memory.open(userId)
      return Object.assign(store, { appendPending: () => new Promise<never>(() => {}) })
    },
  }
  let closed = 0
  const openSocket = (): SocketLike => ({
    binaryType: '',
    readyState: 0,
    bufferedAmount: 0,
    send: () => {},
    close: () => {
      closed += 1
    },
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
  })
  const { client } = clientWith({ storage, openSocket, fetch: () => new Promise(() => {}) })
  await moment()
  client.lists.open(LIST).items.add('Milk')
  await moment()
  void client.close()
  await moment()
  expect(closed).toBe(1)
})

it('[LOCAL-10] who signed out in one tab is not written back by the next token of another', async () => {
  const storage = createMemoryStorage()
  let why: string | null = null
  const getToken = async (reason: 'start' | 'expired'): Promise<string> => {
    why = reason
    return token
  }
  const fetch: typeof globalThis.fetch = async () => new Response('{}', { status: 401 })
  const environment = manualEnvironment()
  const client = createClient({ url: 'http://127.0.0.1:9', getToken, storage, fetch, environment })
  open.push(client)
  await moment()
  expect(await storage.lastIdentity()).toMatchObject({ userId: 'u_me' })
  await storage.setLastIdentity(null)
  why = null
  await client.lists.refresh()
  expect(why).toBe('expired')
  expect(await storage.lastIdentity()).toBeNull()
})
