import type { IncomingMessage } from 'node:http'
import { isRegister } from '@tandem/client-sdk/model'
import type { ListId, Storage, UserId } from '@tandem/persistence'
import type * as Y from 'yjs'
import type { Rooms } from './app.ts'
import type { Authenticate } from './auth/identity.ts'
import type { Clock } from './clock.ts'
import { isTrusted } from './config/proxies.ts'
import type { Config } from './config/settings.ts'
import { TandemError } from './errors.ts'
import { judge } from './gate/judge.ts'
import { callerOf, placeOf } from './http/address.ts'
import { createHub } from './room/hub.ts'
import { DEFAULT_ROOM_LIMITS } from './room/limits.ts'
import { DEFAULT_SOCKET_LIMITS } from './socket/limits.ts'
import type { Logger } from './telemetry/logger.ts'
import type { Metrics } from './telemetry/metrics.ts'

/** An update travels in a frame with the list's name and a few bytes of protocol around it. */
const FRAME_OVERHEAD_BYTES = 64 * 1024

export interface RoomsDeps {
  readonly config: Config
  readonly storage: Storage
  readonly authenticate: Authenticate
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
}

/** The sync core, set up as configured and seen from the HTTP side. */
export function createRooms({ config, ...deps }: RoomsDeps): Rooms {
  const trusts = isTrusted(config.trustProxy)
  const placeOfCaller = (request: IncomingMessage): string => placeOf(callerOf(request, trusts))
  const hub = createHub({ ...deps, judge, placeOf: placeOfCaller, limits: limitsOf(config) })
  const seeding = new Map<ListId, Promise<void>>()

  async function seed(listId: ListId, owner: UserId, title: string): Promise<void> {
    const plan = (doc: Y.Doc): void => {
      const fields = doc.getMap('list')
      // A client that made the list offline may have brought its title first; that one is as good.
      if (!fields.has('title')) fields.set('title', [title, owner, deps.clock.now()])
    }
    const outcome = await hub.write(listId, { userId: owner, authorId: owner, role: 'owner' }, plan)
    // The request's schema lets nothing through that the gate would refuse.
    if ('refusal' in outcome) throw new TandemError('validation-error', outcome.refusal.message)
  }

  return {
    attach: (server) => hub.attach(server),
    seedTitle(listId, owner, title) {
      // Requests for one list at the same time share one write: each would look before the other's is committed.
      const underway = seeding.get(listId) ?? seed(listId, owner, title).finally(() => seeding.delete(listId))
      seeding.set(listId, underway)
      return underway
    },
    async readTitle(listId) {
      return hub.read(listId, (doc, upTo) => {
        const stored = doc.getMap('list').get('title')
        const title = isRegister(stored) ? stored[0] : null
        return { title: typeof title === 'string' ? title : null, upTo }
      })
    },
    write: hub.write,
    submit: hub.submit,
    read: hub.read,
    hold: hub.hold,
    noteReader: hub.noteReader,
    accessChanged: hub.accessChanged,
    listAccessChanged: hub.listAccessChanged,
    endSessions: hub.endSessions,
    counts: () => {
      const { sockets, lists } = hub.stats()
      return { sockets, openLists: lists }
    },
    stop: (deadlineMs) => hub.stop(deadlineMs),
  }
}

function limitsOf(config: Config) {
  return {
    ...DEFAULT_SOCKET_LIMITS,
    ...DEFAULT_ROOM_LIMITS,
    maxSockets: config.maxSockets,
    maxSocketsPerUser: config.socketsPerUser,
    maxSocketsPerPlace: config.socketsPerAddress,
    maxFrameBytes: config.updateMaxBytes + FRAME_OVERHEAD_BYTES,
    allowedOrigins: config.corsOrigins ?? [],
    maxUpdateBytes: config.updateMaxBytes,
    maxItems: config.listMaxItems,
    maxListBytes: config.listMaxBytes,
    snapshotEvery: config.snapshotEvery,
  }
}
