import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import type { Clock } from '../clock.ts'
import { TandemError } from '../errors.ts'
import type { Logger } from '../telemetry/logger.ts'

export interface RemoteKeysOptions {
  readonly url: string
  readonly clock: Clock
  readonly logger: Pick<Logger, 'warn'>
  /** Keys older than this are fetched again while the old ones go on counting; default 5 minutes. */
  readonly refreshAfterMs?: number
  /** Keys that could not be fetched again for so long count no more; default 24 hours. */
  readonly keepForMs?: number
  /** A key id never seen asks for the keys again, at most so often; default 2 seconds. */
  readonly cooldownMs?: number
}

const REFRESH_AFTER_MS = 5 * 60_000
const KEEP_FOR_MS = 24 * 3_600_000
const COOLDOWN_MS = 2_000
const TIMEOUT_MS = 5_000

/**
 * The public keys of an identity provider.
 *
 * A token signed with a key that is new waits for the keys to be fetched, never longer than the cooldown and one fetch. While
 * the provider does not answer, the keys it had go on counting for a day. Rejects `keys-unavailable` when it cannot be known
 * whether a key is the provider's; a key that is not rejects as jose does.
 */
export function remoteKeys({ url, clock, logger, ...options }: RemoteKeysOptions): JWTVerifyGetKey {
  const cooldownMs = options.cooldownMs ?? COOLDOWN_MS
  const refreshAfterMs = options.refreshAfterMs ?? REFRESH_AFTER_MS
  const keys = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: options.keepForMs ?? KEEP_FOR_MS,
    cooldownDuration: cooldownMs,
    timeoutDuration: TIMEOUT_MS,
  })
  let triedAtMs = Number.NEGATIVE_INFINITY

  function refreshWhenOld(): void {
    if (clock.elapsedMs() - triedAtMs < refreshAfterMs || keys.jwks() === undefined) return
    triedAtMs = clock.elapsedMs()
    keys.reload().catch((error: unknown) => logger.warn({ error }, 'auth.keys-failed'))
  }

  return async (header, token) => {
    // The first fetch is made by jose itself; its age counts from here.
    if (keys.jwks() === undefined) triedAtMs = clock.elapsedMs()
    refreshWhenOld()
    try {
      try {
        return await keys(header, token)
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey) || !keys.coolingDown) throw error
        // Keys may have changed right after they were fetched. Answering "no" now would sign people out for nothing.
        await new Promise<void>((resolve) => void clock.setTimer(resolve, cooldownMs))
        return await keys(header, token)
      }
    } catch (error) {
      if (isAboutTheToken(error)) throw error
      logger.warn({ error }, 'auth.keys-failed')
      throw new TandemError('keys-unavailable', undefined, { cause: error })
    }
  }
}

function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  )
}
