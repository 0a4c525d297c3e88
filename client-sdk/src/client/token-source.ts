import { endOf } from '../connection/token-life.ts'
import { ClientError } from '../errors.ts'

export type GetToken = (why: 'start' | 'expired') => Promise<string | null>

/**
 * The app's tokens, for both ways to the server. `getToken` is asked when there is no token, when it is over and when it no longer
 * works, and the answer is kept in memory only.
 */
export class TokenSource {
  readonly #getToken: GetToken
  readonly #seen: (token: string) => boolean
  readonly #now: () => number
  readonly #isFixed: boolean
  #current: string | null
  #endsAtMs: number | null = null
  #asking: Promise<string | null> | null = null

  /** `seen` gets each new token and says whether it may be used: one for another person may not. */
  constructor(options: {
    token?: string | undefined
    getToken?: GetToken | undefined
    seen: (token: string) => boolean
    now: () => number
  }) {
    const { token, getToken } = options
    if (token === undefined && getToken === undefined) {
      throw new ClientError('invalid', 'Pass `token` or `getToken` to createClient.')
    }
    this.#current = token ?? null
    // A fixed token that no longer works stays what it is: there is nobody to ask for another.
    this.#getToken = getToken ?? (async (why) => (why === 'start' ? (token ?? null) : null))
    this.#seen = options.seen
    this.#now = options.now
    this.#isFixed = getToken === undefined
    this.#endsAtMs = token === undefined ? null : endOf(token, options.now(), 'start')
  }

  /** Rejects when `getToken` does: most likely there is no network. */
  get(why: 'start' | 'expired'): Promise<string | null> {
    // A device that slept past the end of its token renews it before it asks for anything with it.
    const isOver = !this.#isFixed && this.#endsAtMs !== null && this.#endsAtMs <= this.#now()
    if (why === 'start' && this.#current !== null && !isOver) return Promise.resolve(this.#current)
    // Several askers at once get the same answer.
    this.#asking ??= this.#ask(this.#current === null ? why : 'expired').finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  async #ask(why: 'start' | 'expired'): Promise<string | null> {
    const token = await this.#getToken(why)
    this.#current = token !== null && this.#seen(token) ? token : null
    this.#endsAtMs = this.#current === null ? null : endOf(this.#current, this.#now(), why)
    return this.#current
  }
}
