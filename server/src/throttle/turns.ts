import { TandemError } from '../errors.ts'

const COME_BACK_SECONDS = 5

/** Lets so many pieces of work run at once and the others wait, in the order they came. */
export class Turns {
  readonly #waiting: (() => void)[] = []
  readonly #atOnce: number
  readonly #mostWaiting: number
  #running = 0

  constructor({ atOnce, mostWaiting }: { readonly atOnce: number; readonly mostWaiting: number }) {
    this.#atOnce = atOnce
    this.#mostWaiting = mostWaiting
  }

  /** Resolves or rejects as the work does; throws `too-many-requests` when too many wait already. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#atOnce) await this.#wait()
    else this.#running += 1
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      // The turn is handed on as it is: nobody who comes now gets between.
      if (next === undefined) this.#running -= 1
      else next()
    }
  }

  #wait(): Promise<void> {
    if (this.#waiting.length >= this.#mostWaiting) {
      throw new TandemError('too-many-requests', 'Too many people are waiting for the same check.', {
        retryAfterSeconds: COME_BACK_SECONDS,
      })
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}
