import { type Bus, isStorageError } from '@tandem/persistence'
import type { Clock } from '../clock.ts'
import { reasonOf } from './describe-error.ts'
import type { Logger } from './logger.ts'

const LOOK_MS = 1_000

/**
 * Writes faults of storage that no caller is told about into the log.
 *
 * While the database is away every connection tries again every other second: that is said once when it begins and once when
 * it is over. Everything else is a fault of its own, and is logged with its stack.
 */
export class StorageFaults {
  private readonly logger: Logger
  private readonly clock: Clock
  private bus: Pick<Bus, 'state'> | null = null
  private isAway = false

  constructor({ logger, clock }: { logger: Logger; clock: Clock }) {
    this.logger = logger
    this.clock = clock
  }

  /** The connection that is always there, and says by its state whether the database can be reached. */
  watch(bus: Pick<Bus, 'state'>): void {
    this.bus = bus
  }

  report(error: unknown): void {
    if (!isConnectionFault(error)) {
      this.logger.warn({ error }, 'storage.error')
      return
    }
    this.logger.debug({ error }, 'storage.error')
    if (this.isAway) return
    this.isAway = true
    this.logger.warn({ reason: reasonOf(error) }, 'storage.unreachable')
    this.clock.setTimer(() => this.look(), LOOK_MS)
  }

  private look(): void {
    if (this.bus?.state() !== 'connected') {
      this.clock.setTimer(() => this.look(), LOOK_MS)
      return
    }
    this.isAway = false
    this.logger.info({}, 'storage.reachable')
  }
}

/** 08: connection, 57P: the server is going or coming, 53: it has no connection left. */
const UNREACHABLE_STATE = /^(08|57P|53)/
const UNREACHABLE_CODE = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/
const UNREACHABLE_WORDS = /connection terminated|timeout|not queryable|connection error/i

function isConnectionFault(error: unknown): boolean {
  if (isStorageError(error)) return error.code === 'storage-unreachable'
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  if (typeof code === 'string') return UNREACHABLE_STATE.test(code) || UNREACHABLE_CODE.test(code)
  return UNREACHABLE_WORDS.test(error.message)
}
