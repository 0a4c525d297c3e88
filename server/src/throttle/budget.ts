import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { TandemError } from '../errors.ts'

export interface BudgetOptions {
  readonly points: number
  readonly perSeconds: number
  /** One sentence for whoever has used theirs up. */
  readonly usedUp: string
}

/**
 * So many points in so many seconds for each key, counted in this process: with several nodes a caller has as much on each.
 *
 * A key's time begins with its first point and ends by itself.
 */
export class Budget {
  readonly #limiter: RateLimiterMemory
  readonly #usedUp: string

  constructor({ points, perSeconds, usedUp }: BudgetOptions) {
    this.#limiter = new RateLimiterMemory({ points, duration: perSeconds })
    this.#usedUp = usedUp
  }

  /** Takes a point, or throws `too-many-requests` with the time until there is one again. */
  async spend(key: string): Promise<void> {
    try {
      await this.#limiter.consume(key)
    } catch (rejected) {
      throw rejected instanceof RateLimiterRes ? this.#tooMany(rejected) : rejected
    }
  }

  /** Throws when the next point could not be taken, and takes none. */
  async check(key: string): Promise<void> {
    const used = await this.#limiter.get(key)
    if (used !== null && used.remainingPoints === 0) throw this.#tooMany(used)
  }

  /** Gives points back; nobody has more than they began with. */
  async giveBack(key: string, points: number): Promise<void> {
    const used = await this.#limiter.get(key)
    if (used === null) return
    await this.#limiter.reward(key, Math.min(points, used.consumedPoints))
  }

  #tooMany(used: RateLimiterRes): TandemError {
    const retryAfterSeconds = Math.max(1, Math.ceil(used.msBeforeNext / 1000))
    return new TandemError('too-many-requests', this.#usedUp, { retryAfterSeconds })
  }
}
