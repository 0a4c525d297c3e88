import { RESTORE_DAYS, type Storage } from '@tandem/persistence'
import type { Accounts } from './accounts/accounts.ts'
import { type Clock, within } from './clock.ts'
import type { Logger } from './telemetry/logger.ts'

export interface HousekeepingDeps {
  readonly storage: Pick<Storage, 'directory' | 'tidy'>
  /** Built-in accounts have tables of their own. */
  readonly accounts?: Pick<Accounts, 'tidy'>
  readonly clock: Clock
  readonly logger: Logger
  /** For how long a token can count after it was issued; whoever was signed out must stay so for that long. */
  readonly tokenDays: number
}

const DAY_MS = 86_400_000
/** Soon, because some servers are started anew each night; not at once, because starting is busy enough. */
const FIRST_MS = 60_000
const EVERY_MS = DAY_MS
const AGAIN_MS = 3_600_000
/** A program that repeats a request after this long gets a new answer. */
const ANSWER_DAYS = 7
/** Tokens of other applications say themselves how long they count; more than a year is rare. */
const LEAST_TOKEN_DAYS = 366

/**
 * Removes once a day what nobody can ask for any more: lists deleted longer ago than they can be restored, answers to requests
 * nobody repeats, expired invitations. Each node does it, and several at once do it once. Returns how to stop.
 */
export function startHousekeeping(deps: HousekeepingDeps): (remainingMs: number) => Promise<void> {
  const { clock, logger } = deps
  let underway: Promise<void> = Promise.resolve()
  let cancel = clock.setTimer(start, FIRST_MS)
  let isStopped = false

  function start(): void {
    underway = clear(deps).then(
      (removed) => {
        logger.info(removed, 'housekeeping.done')
        plan(EVERY_MS)
      },
      (error: unknown) => {
        logger.warn({ error }, 'housekeeping.failed')
        plan(AGAIN_MS)
      },
    )
  }

  function plan(delayMs: number): void {
    if (!isStopped) cancel = clock.setTimer(start, delayMs)
  }

  return async (remainingMs) => {
    isStopped = true
    cancel()
    // What is not done by then is done another day.
    await within(clock, remainingMs / 2, underway)
  }
}

async function clear({ storage, accounts, clock, tokenDays }: HousekeepingDeps) {
  const daysAgo = (days: number) => new Date(clock.now() - days * DAY_MS)
  const lists = await storage.directory.purgeLists(daysAgo(RESTORE_DAYS))
  const rest = await storage.tidy({
    answers: daysAgo(ANSWER_DAYS),
    sessions: daysAgo(Math.max(tokenDays, LEAST_TOKEN_DAYS) + 1),
    invitations: daysAgo(0),
  })
  await accounts?.tidy()
  return { lists, ...rest }
}
