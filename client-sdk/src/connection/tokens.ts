import type { Environment } from './port.ts'

export type GetToken = (why: 'start' | 'expired') => string | null | Promise<string | null>

export type TokenAnswer =
  | { readonly type: 'token'; readonly token: string }
  /** `getToken` said null: nobody is signed in. */
  | { readonly type: 'missing' }
  /** `getToken` threw or took too long: most likely there is no network. Worth another try. */
  | { readonly type: 'failed' }

const TIMEOUT_MS = 30_000

/**
 * The token of one connection, shared by all of its lists: `getToken` is asked once per connection, and once more
 * when the server no longer takes the answer, however many lists hear that at the same time. Nothing here rejects.
 */
export class Tokens {
  readonly #getToken: GetToken
  readonly #environment: Environment
  #current: string | null = null
  #renewal: Promise<TokenAnswer> | null = null

  constructor(getToken: GetToken, environment: Environment) {
    this.#getToken = getToken
    this.#environment = environment
  }

  /** The last token, or null before the first. */
  get current(): string | null {
    return this.#current
  }

  async fetch(why: 'start' | 'expired'): Promise<TokenAnswer> {
    const answer = await this.#ask(why)
    if (answer.type === 'token') this.#current = answer.token
    return answer
  }

  /** A token other than `rejected`; one that another list fetched meanwhile will do. */
  renew(rejected: string | null): Promise<TokenAnswer> {
    if (this.#current !== null && this.#current !== rejected) {
      return Promise.resolve({ type: 'token', token: this.#current })
    }
    this.#renewal ??= this.fetch('expired').finally(() => {
      this.#renewal = null
    })
    return this.#renewal
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
