import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Extension } from '@hocuspocus/server'
import {
  type ListId,
  openPostgresStorage,
  type Storage,
  type StoredRole,
  type UserId,
} from '@tandem/persistence'
import { systemClock } from '../../../server/src/clock.ts'
import { judge } from '../../../server/src/gate/judge.ts'
import type { HubDeps, SyncCounter, SyncEvent } from '../../../server/src/room/deps.ts'
import { createHub, type Hub } from '../../../server/src/room/hub.ts'
import { DEFAULT_ROOM_LIMITS } from '../../../server/src/room/limits.ts'
import { DEFAULT_SOCKET_LIMITS } from '../../../server/src/socket/limits.ts'

export interface LoggedEvent {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly event: SyncEvent
  readonly fields: Record<string, unknown>
}

/** One server process' sync core on a real port, with what it counted and logged. */
export interface TestNode {
  readonly hub: Hub
  readonly storage: Storage
  readonly http: Server
  readonly url: string
  readonly log: LoggedEvent[]
  counted(name: SyncCounter): number
  stop(): Promise<void>
}

export interface NodeOptions {
  readonly databaseUrl?: string
  readonly storage?: Storage
  readonly limits?: Partial<HubDeps['limits']>
  readonly extensions?: readonly Extension[]
  readonly authenticate?: HubDeps['authenticate']
  readonly clock?: HubDeps['clock']
  /** Any free one when left out. */
  readonly port?: number
}

/** Tokens of these tests are user ids; `bad` is nobody's. */
const byUserId: HubDeps['authenticate'] = async (token) =>
  token === 'bad' || token === ''
    ? { ok: false, reason: 'Sign in again.' }
    : { ok: true, userId: token as UserId, name: token.toUpperCase() }

export async function startNode(options: NodeOptions): Promise<TestNode> {
  const storage =
    options.storage ?? (await openPostgresStorage({ connectionString: options.databaseUrl ?? '' }))
  const counts = new Map<string, number>()
  const log: LoggedEvent[] = []
  const line = (level: LoggedEvent['level']) => (fields: object, event: SyncEvent) =>
    void log.push({ level, event, fields: fields as Record<string, unknown> })
  const hub = createHub({
    storage,
    judge,
    authenticate: options.authenticate ?? byUserId,
    limits: {
      ...DEFAULT_SOCKET_LIMITS,
      ...DEFAULT_ROOM_LIMITS,
      maxUpdateBytes: 1_000_000,
      maxItems: 10_000,
      maxListBytes: 8 * 1024 * 1024,
      ...options.limits,
    },
    clock: options.clock ?? systemClock,
    logger: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
    metrics: {
      count: (name, _labels, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
      observe: () => undefined,
    },
    ...(options.extensions === undefined ? {} : { extensions: options.extensions }),
  })
  const http = createServer()
  hub.attach(http)
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return {
    hub,
    storage,
    http,
    url: `ws://127.0.0.1:${port}/sync`,
    log,
    counted: (name) => counts.get(name) ?? 0,
    async stop() {
      await hub.stop(3_000)
      await new Promise((resolve) => http.close(resolve))
      await storage.close(2_000).catch(() => undefined)
    },
  }
}

type GivenRole = Exclude<StoredRole, 'owner'>

/** A list whose owner is `ann`, and whoever else has a role on it. */
export async function newList(storage: Storage, roles: Record<string, GivenRole> = {}): Promise<ListId> {
  const id = randomUUID() as ListId
  const { directory } = storage
  await directory.ensureUser({ id: 'ann' as UserId, name: 'Ann' })
  await directory.createList({ id, ownerId: 'ann' as UserId, title: 'Groceries' })
  for (const [userId, role] of Object.entries(roles)) await grant(storage, id, { userId, role })
  return id
}

export async function grant(
  storage: Storage,
  listId: ListId,
  { userId, role }: { userId: string; role: GivenRole },
): Promise<void> {
  await storage.directory.ensureUser({ id: userId as UserId, name: userId })
  const given = await storage.grants.grant({
    listId,
    userId: userId as UserId,
    role,
    by: 'ann' as UserId,
    may: () => true,
  })
  if (!('member' in given)) throw new Error(`Not granted: ${given.outcome}`)
}

/** Makes appends wait, as they do while the database is away, until `release` is called. */
export function heldAppends(storage: Storage): { storage: Storage; waiting(): number; release(): void } {
  let release: () => void = () => undefined
  let waiting = 0
  const latch = new Promise<void>((resolve) => {
    release = resolve
  })
  return {
    storage: {
      ...storage,
      log: {
        ...storage.log,
        append: async (update) => {
          waiting += 1
          await latch
          return storage.log.append(update)
        },
      },
    },
    waiting: () => waiting,
    release,
  }
}
