import type { Storage } from '@tandem/persistence'
import type { Clock } from '../clock.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { StorageState } from './context.ts'

/** Anybody may ask how the server is doing, as often as they like; the database is asked about damage this often. */
const COUNTED_FOR_MS = 5_000

/** Storage as health checks see it; also writes into the log when the database stops taking writes and when it is back. */
export function createStorageState(
  storage: Storage,
  { logger, clock }: { logger: Logger; clock: Clock },
): StorageState & { lastDamagedLists(): number } {
  let lastDamaged = 0
  let countedAtMs = Number.NEGATIVE_INFINITY
  let counting: Promise<number> | null = null
  storage.log.onHealth((health) => {
    if (health.state === 'ok') logger.info({}, 'storage.recovered')
    else logger.error({ reason: health.reason, queued: health.queued }, 'storage.failing')
  })
  async function count(): Promise<number> {
    lastDamaged = await storage.directory.damagedLists()
    countedAtMs = clock.elapsedMs()
    return lastDamaged
  }
  function damagedLists(): Promise<number> {
    if (clock.elapsedMs() - countedAtMs < COUNTED_FOR_MS) return Promise.resolve(lastDamaged)
    counting ??= count().finally(() => {
      counting = null
    })
    return counting
  }
  return {
    ping: () => storage.ping(),
    logHealth: () => storage.log.health(),
    busState: () => storage.bus.state(),
    damagedLists,
    lastDamagedLists() {
      // A scrape must not wait for the database: it gets the last count and asks for the next one, whose failure
      // shows in the readiness check.
      damagedLists().catch(() => undefined)
      return lastDamaged
    },
  }
}
