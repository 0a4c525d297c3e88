import type { UserId } from '@tandem/persistence'
import type { SyncClock } from './deps.ts'
import type { RoomLimits } from './limits.ts'

type Limits = Pick<RoomLimits, 'unknownListsAtOnce' | 'unknownListsPerSecond'>

/** Answers that wait for their turn, of one person. */
const MAX_WAITING = 200
/** People remembered; more than this are looked through for those whose time is over. */
const MANY_PEOPLE = 10_000

interface Person {
  /** When all that was asked for so far has been paid for. */
  paidAtMs: number
  waiting: number
}

/**
 * Slows down who asks for lists that are not there, or not theirs.
 *
 * Only the answer "no such list" is delayed: a person's own lists open as fast as ever, whatever else a program of theirs asks for,
 * unless hundreds of such answers wait already.
 */
export class Strangers {
  private readonly people = new Map<UserId, Person>()
  private readonly clock: SyncClock
  private readonly limits: Limits

  constructor(clock: SyncClock, limits: Limits) {
    this.clock = clock
    this.limits = limits
  }

  /** False when so much is unanswered that nothing more is looked up for this person. */
  mayAsk(userId: UserId): boolean {
    return (this.people.get(userId)?.waiting ?? 0) < MAX_WAITING
  }

  /** Resolves when this person may be told that there is no such list. */
  async miss(userId: UserId): Promise<void> {
    const nowMs = this.clock.now()
    const person = this.person(userId, nowMs)
    const costMs = 1000 / this.limits.unknownListsPerSecond
    person.paidAtMs = Math.max(person.paidAtMs, nowMs) + costMs
    const delayMs = person.paidAtMs - nowMs - this.limits.unknownListsAtOnce * costMs
    if (delayMs <= 0) return
    person.waiting += 1
    await new Promise<void>((resolve) => this.clock.setTimer(resolve, delayMs))
    person.waiting -= 1
  }

  private person(userId: UserId, nowMs: number): Person {
    const known = this.people.get(userId)
    if (known !== undefined) return known
    if (this.people.size >= MANY_PEOPLE) {
      for (const [id, { paidAtMs }] of this.people) if (paidAtMs <= nowMs) this.people.delete(id)
    }
    const person = { paidAtMs: nowMs, waiting: 0 }
    this.people.set(userId, person)
    return person
  }
}
