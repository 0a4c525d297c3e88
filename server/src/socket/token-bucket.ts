export interface TokenBucket {
  /** False when the allowance is used up. */
  take(): boolean
}

/** Allows `perSecond` a second on average, and as many at once after a quiet second. */
export function createTokenBucket(perSecond: number, nowMs: () => number): TokenBucket {
  let tokens = perSecond
  let filledAtMs = nowMs()
  return {
    take() {
      const now = nowMs()
      tokens = Math.min(perSecond, tokens + (Math.max(0, now - filledAtMs) / 1000) * perSecond)
      filledAtMs = now
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
  }
}
