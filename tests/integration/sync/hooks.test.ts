import type { Extension, HookName } from '@hocuspocus/server'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { addItem, rawClient } from './clients.ts'
import { newList, startNode, type TestNode } from './node.ts'

let database: FreshDatabase
let server: TestNode | null = null
const fatal: unknown[] = []
const note = (error: unknown): void => void fatal.push(error)

beforeEach(async () => {
  database = await freshDatabase()
  fatal.length = 0
  process.on('unhandledRejection', note)
  process.on('uncaughtException', note)
  vi.spyOn(console, 'error').mockReturnValue(undefined)
})

afterEach(async () => {
  await server?.stop()
  server = null
  await database.drop()
  process.off('unhandledRejection', note)
  process.off('uncaughtException', note)
  vi.restoreAllMocks()
})

/** Every hook that this way of using Hocuspocus runs; the others belong to its own HTTP server. */
const HOOKS: readonly HookName[] = [
  'onConfigure',
  'onConnect',
  'onAuthenticate',
  'onTokenSync',
  'onCreateDocument',
  'onLoadDocument',
  'afterLoadDocument',
  'connected',
  'beforeHandleMessage',
  'beforeSync',
  'beforeHandleAwareness',
  'afterHandleMessage',
  'onChange',
  'onAwarenessUpdate',
  'onStateless',
  'onStoreDocument',
  'afterStoreDocument',
  'onDisconnect',
  'beforeUnloadDocument',
  'afterUnloadDocument',
]

/** Throws the first time the hook runs, and in two ways: hooks need not be async. */
function thrower(hook: HookName, isSync: boolean): { extension: Extension; thrown: () => number } {
  let thrown = 0
  const boom = (): Promise<void> => {
    if (thrown > 0) return Promise.resolve()
    thrown += 1
    const error = new Error(`boom in ${hook}`)
    if (isSync) throw error
    return Promise.reject(error)
  }
  return { extension: { priority: 1, [hook]: boom }, thrown: () => thrown }
}

/** Presence, a stateless message, a fresh token, an edit: whatever makes all the hooks run. */
async function visit(node: TestNode, listId: string): Promise<void> {
  const client = new RawClient({ url: node.url, token: 'ann', listId })
  await client.synced.catch(() => undefined)
  client.send(5, (encoder) => encoding.writeVarString(encoder, 'hello'))
  client.send(2, (encoder) => {
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarString(encoder, 'ann')
  })
  client.send(1, (encoder) => encoding.writeVarUint8Array(encoder, presence(77)))
  for (let i = 0; i < 12; i++) addItem(client.document, 'ann', `item ${i}`)
  await until(() => client.unanswered === 0 || client.denied !== null || client.closed !== null)
  client.drop()
}

function presence(clientId: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint(encoder, clientId)
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarString(encoder, '{"cursor":1}')
  return encoding.toUint8Array(encoder)
}

describe('a throw inside a hook', () => {
  for (const hook of HOOKS) {
    for (const isSync of [false, true]) {
      it(`[SOCK-5][W-24] ${hook} (${isSync ? 'thrown' : 'rejected'}): the process lives, it is counted and logged, and the list works`, async () => {
        const { extension, thrown } = thrower(hook, isSync)
        server = await startNode({
          databaseUrl: database.url,
          extensions: [extension],
          limits: { snapshotEvery: 10 },
        })
        const node = server
        const listId = await newList(node.storage)
        await visit(node, listId)
        await until(() => thrown() === 1, { what: `${hook} to run` })
        await until(() => node.counted('tandem_hook_errors_total') === 1)
        expect(node.log.some(({ event, fields }) => event === 'hook.failed' && fields['hook'] === hook)).toBe(
          true,
        )

        const after = await rawClient(node, listId, 'ann')
        addItem(after.document, 'ann', 'afterwards')
        await until(() => after.unanswered === 0, { what: 'a later edit to be saved' })
        after.drop()
        await until(() => node.hub.stats().lists === 0, { what: 'the list to leave memory' })
        expect(fatal).toEqual([])
      })
    }
  }

  it('[SOCK-5][DUR-1][W-24] between commit and application loses nothing: the edit is in the log and in the list', async () => {
    const { extension } = thrower('beforeSync', false)
    let isArmed = false
    server = await startNode({
      databaseUrl: database.url,
      extensions: [
        {
          priority: 1,
          beforeSync: (payload) =>
            isArmed && payload.type === 2
              ? (extension.beforeSync?.(payload) ?? Promise.resolve())
              : Promise.resolve(),
        },
      ],
    })
    const listId = await newList(server.storage)
    const ann = await rawClient(server, listId, 'ann')
    const ben = await rawClient(server, listId, 'ann')
    await until(() => ann.unanswered + ben.unanswered === 0)
    isArmed = true
    addItem(ann.document, 'ann', 'Milk')
    await until(() => ann.denied !== null, { what: 'the list to be closed under the author' })
    await until(() => ben.document.getMap('items').size === 1, { what: 'the edit to be shown to the others' })
    expect(await server.storage.log.head(listId)).toBe(1)
    expect(server.hub.stats().pendingAppends).toBe(0)
  })
})
