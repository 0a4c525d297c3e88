import { type Clock, within } from '../clock.ts'
import type { HttpContext, StorageState } from './context.ts'
import type { TypedApp } from './typed.ts'

/** A database that needs longer than this to say "1" cannot serve anybody. */
const PING_LIMIT_MS = 2_000

/** For whoever watches the process: is it alive, does it take work, how is it doing. Counts only; no names, no addresses. */
export function healthRoutes(app: TypedApp, context: HttpContext): void {
  const { life, storage, rooms, metrics, clock } = context

  app.get('/health/live', async (_request, reply) => {
    return reply.header('cache-control', 'no-store').send({ status: 'ok' })
  })

  /** 503 while starting or stopping, and while the database does not answer or does not take writes. */
  app.get('/health/ready', async (_request, reply) => {
    const { database, damagedLists } = await databaseState(storage, clock)
    const state = life.state()
    const isReady = state === 'ready' && database === 'ok'
    return reply
      .status(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        status: isReady ? 'ready' : 'not-ready',
        server: state,
        database,
        unwrittenEdits: storage.logHealth().queued,
        bus: storage.busState(),
        /** Null while the database cannot be asked. */
        damagedLists,
        ...rooms.counts(),
      })
  })

  app.get('/metrics', async (_request, reply) => {
    const { contentType, body } = await metrics.render()
    return reply.header('content-type', contentType).header('cache-control', 'no-store').send(body)
  })
}

interface DatabaseState {
  readonly database: 'ok' | 'unreachable' | 'not-writing'
  readonly damagedLists: number | null
}

async function databaseState(storage: StorageState, clock: Clock): Promise<DatabaseState> {
  const asked = storage.ping().then(
    () => storage.damagedLists(),
    () => null,
  )
  // Not answering in time and answering with an error are the same to whoever waits for this.
  const damagedLists = await within(
    clock,
    PING_LIMIT_MS,
    asked.catch(() => null),
  )
  if (damagedLists === null || damagedLists === 'late') return { database: 'unreachable', damagedLists: null }
  return { database: storage.logHealth().state === 'ok' ? 'ok' : 'not-writing', damagedLists }
}
