import { backoffMs } from '../connection/backoff.ts'
import type { Environment } from '../connection/port.ts'
import { ClientError } from '../errors.ts'
import type { DeviceIdentity, StorageAdapter } from '../local/port.ts'
import { cell } from '../replica/cell.ts'
import type { Readable, User } from '../types.ts'
import { identityOf } from './identity.ts'
import { type GetToken, TokenSource } from './token-source.ts'

/** A `getToken` that has not answered by now most likely waits for a network; the device knows who was here last. */
const PATIENCE_MS = 500

export interface WhoOptions {
  readonly token?: string | undefined
  readonly getToken?: GetToken | undefined
  readonly adapter: StorageAdapter
  readonly environment: Environment
  readonly onError: (error: ClientError) => void
}

/**
 * Who uses this client: what the token says, or, where no token can be had, whoever used this device last. Once known it
 * never changes: a token for somebody else is refused, because everything on the screen belongs to the first.
 */
export class Who {
  readonly tokens: TokenSource
  /** Resolves with the first identity; never rejects. */
  readonly known: Promise<DeviceIdentity>
  readonly #options: WhoOptions
  readonly #user = cell<User | null>(null)
  #resolve: (identity: DeviceIdentity) => void = () => {}
  #cancelRetry: (() => void) | null = null
  #isClosed = false
  /** The name under which the device has been told who is here. */
  #noted: string | null = null

  constructor(options: WhoOptions) {
    this.#options = options
    this.known = new Promise((resolve) => {
      this.#resolve = resolve
    })
    this.tokens = new TokenSource({
      ...options,
      seen: (token) => this.#seen(token),
      now: () => options.environment.now(),
    })
    if (options.token !== undefined) this.#seen(options.token)
  }

  get user(): Readable<User | null> {
    return this.#user
  }

  get id(): string | null {
    return this.#user.getSnapshot()?.id ?? null
  }

  /**
   * Finds out, with a token if there is one in time. A `getToken` that rejects is asked again, after a growing wait: until
   * somebody is known nothing is opened, so nothing else would ask.
   */
  async find(attempt = 1): Promise<void> {
    if (this.id !== null || this.#isClosed) return
    this.#cancelRetry?.()
    this.#cancelRetry = null
    const { environment, adapter } = this.#options
    const asked = this.tokens.get('start').then(
      () => 'answered',
      // No network, most likely.
      () => 'failed',
    )
    await Promise.race([asked, this.#patience()])
    if (this.id !== null) return
    const last = await adapter.lastIdentity().catch((cause: unknown) => this.#deviceFailed(cause))
    if (last !== null && this.id === null) this.#is(last)
    if ((await asked) === 'answered' || this.id !== null || this.#isClosed) return
    this.#cancelRetry ??= environment.setTimer(
      () => void this.find(attempt + 1),
      backoffMs(attempt, environment.random()),
    )
  }

  close(): void {
    this.#isClosed = true
    this.#cancelRetry?.()
  }

  forget(): void {
    this.#user.set(null)
  }

  #seen(token: string): boolean {
    const identity = identityOf(token)
    if (identity === null) {
      this.#options.onError(new ClientError('invalid', 'The token does not say whose it is (claim `sub`).'))
      return false
    }
    if (this.id !== null && this.id !== identity.userId) {
      this.#options.onError(new ClientError('auth-expired', 'The new token belongs to somebody else.'))
      return false
    }
    if (this.id === null) this.#is(identity)
    this.#note(identity)
    return true
  }

  /** Once: what another tab has deleted since, by signing out, must not come back with the next token. */
  #note(identity: DeviceIdentity): void {
    if (this.#noted === identity.name) return
    this.#noted = identity.name
    this.#options.adapter.setLastIdentity(identity).catch((cause: unknown) => {
      this.#noted = null
      this.#deviceFailed(cause)
    })
  }

  #is(identity: DeviceIdentity): void {
    this.#user.set(Object.freeze({ id: identity.userId, name: identity.name }))
    this.#resolve(identity)
  }

  #patience(): Promise<void> {
    return new Promise((resolve) => {
      this.#options.environment.setTimer(resolve, PATIENCE_MS)
    })
  }

  #deviceFailed(cause: unknown): null {
    this.#options.onError(new ClientError('storage-failed', undefined, { cause }))
    return null
  }
}
