import { backoffMs } from './backoff.ts'
import type { Environment } from './port.ts'
import { endOf, renewalAt } from './token-life.ts'

export type GetToken = (why: 'start' | 'expired') => string | null | Promise<string | null>

export type TokenAnswer =
  | { readonly type: 'token'; readonly token: string }
  /** `getToken` said null: nobody is signed in. */
  | { readonly type: 'missing' }
  /** `getToken` threw or took too long: most likely there is no network. Worth another try. */
  | { readonly type: 'failed' }

const TIMEOUT_MS = 30_000

/**
 * The token of one connection, shared by all of its lists: `getToken` is asked once per connection, once more when the server
 * no longer takes the answer, and shortly before it ends, however many lists there are. Nothing here rejects.
 */
export class Tokens {
  readonly #getToken: GetToken
  readonly #environment: Environment
  readonly #renewed: () => void
  #current: string | null = null
  #endsAtMs: number | null = null
  #renewAtMs: number | null = null
  #renewal: Promise<TokenAnswer> | null = null
  #isKept = false
  #attempt = 0
  #stopTimer: (() => void) | null = null

  /** `renewed`: there is another token than before, and lists that are open should show it. */
  constructor(getToken: GetToken, environment: Environment, renewed: () => void) {
    this.#getToken = getToken
    this.#environment = environment
    this.#renewed = renewed
  }

  /** The last token, or null before the first. */
  get current(): string | null {
    return this.#current
  }

  async fetch(why: 'start' | 'expired'): Promise<TokenAnswer> {
    const answer = await this.#ask(why)
    if (answer.type === 'token') this.#take(answer.token, why)
    return answer
  }

  /** A token other than `rejected`; one that another list fetched meanwhile will do. */
  renew(rejected: string | null): Promise<TokenAnswer> {
    if (this.#current !== null && this.#current !== rejected) {
      return Promise.resolve({ type: 'token', token: this.#current })
    }
    return this.#renew()
  }

  /** From now on the token is replaced before it ends. */
  keep(): void {
    this.#isKept = true
    this.#schedule()
  }

  /** There is no connection, and the next one asks anyway. */
  rest(): void {
    this.#isKept = false
    this.#stopTimer?.()
    this.#stopTimer = null
  }

  /** The device may have slept through the moment, and its timers with it. */
  check(): void {
    if (!this.#isKept || this.#renewAtMs === null) return
    if (this.#environment.now() < this.#renewAtMs) this.#schedule()
    else void this.#renewEarly()
  }

  #take(token: string, why: 'start' | 'expired'): void {
    const isNew = token !== this.#current
    this.#current = token
    // An app that hands out the same token again has nothing better yet.
    if (!isNew && why === 'expired') return
    const now = this.#environment.now()
    this.#attempt = 0
    this.#endsAtMs = endOf(token, now, why)
    this.#renewAtMs =
      this.#endsAtMs === null ? null : renewalAt(this.#endsAtMs, now, this.#environment.random())
    this.#schedule()
    if (isNew && why === 'expired') this.#renewed()
  }

  #schedule(): void {
    this.#stopTimer?.()
    this.#stopTimer = null
    if (!this.#isKept || this.#renewAtMs === null) return
    const waitMs = Math.max(0, this.#renewAtMs - this.#environment.now())
    // Looked at again when it fires: the longest timers are shorter than the longest tokens.
    this.#stopTimer = this.#environment.setTimer(() => this.check(), waitMs)
  }

  #renew(): Promise<TokenAnswer> {
    this.#renewal ??= this.fetch('expired').finally(() => {
      this.#renewal = null
    })
    return this.#renewal
  }

  async #renewEarly(): Promise<void> {
    this.#stopTimer?.()
    this.#stopTimer = null
    this.#renewAtMs = null
    const before = this.#current
    const { type } = await this.#renew()
    // Nobody is signed in any more: what is open stays so until the server ends it, and nothing is asked again before.
    if (type === 'missing' || this.#current !== before || this.#endsAtMs === null) return
    this.#attempt += 1
    const at = this.#environment.now() + backoffMs(this.#attempt, this.#environment.random())
    // Past the end the server asks for a new one, list by list.
    this.#renewAtMs = at < this.#endsAtMs ? at : null
    this.#schedule()
  }

  #ask(why: 'start' | 'expired'): Promise<TokenAnswer> {
    return new Promise((resolve) => {
      const stop = this.#environment.setTimer(() => resolve({ type: 'failed' }), TIMEOUT_MS)
      const settle = (answer: TokenAnswer): void => {
        stop()
        resolve(answer)
      }
      // The wrapper turns a synchronous throw of the app's function into a rejection as well.
      new Promise<string | null>((done) => done(this.#getToken(why))).then(
        (token) => settle(token === null || token === '' ? { type: 'missing' } : { type: 'token', token }),
        () => settle({ type: 'failed' }),
      )
    })
  }
}
