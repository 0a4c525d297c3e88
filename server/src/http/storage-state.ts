import type { Storage } from '@tandem/persistence'
import type { Logger } from '../telemetry/logger.ts'
import type { StorageState } from './context.ts'

/** Storage as health checks see it; also writes into the log when the database stops taking writes and when it is back. */
export function createStorageState(
  storage: Storage,
  logger: Logger,
): StorageState & { lastDamagedLists(): number } {
  let lastDamaged = 0
  storage.log.onHealth((health) => {
    if (health.state === 'ok') logger.info({}, 'storage.recovered')
    else logger.error({ reason: health.reason, queued: health.queued }, 'storage.failing')
  })
  async function countDamaged(): Promise<number> {
    const damage = await storage.directory.quarantine()
    lastDamaged = new Set(damage.map(({ listId }) => listId)).size
    return lastDamaged
  }
  return {
    ping: () => storage.ping(),
    logHealth: () => storage.log.health(),
    busState: () => storage.bus.state(),
    damagedLists: countDamaged,
    lastDamagedLists() {
      // A scrape must not wait for the database: it gets the last count and asks for the next one, whose failure
      // shows in the readiness check.
      countDamaged().catch(() => undefined)
      return lastDamaged
    },
  }
}
