import type { Environment } from '../connection/port.ts'
import type { Readable, Status } from '../types.ts'

/** "Saving" that is over sooner than this is not worth a flicker. */
export const SMOOTH_MS = 400

/**
 * A status in which `saving` directly after `synced` shows only when it has lasted for 400 ms; everything else shows at once.
 *
 * The time runs from the first edit that waits, and not from the last, or "synced" would stand there for as long as
 * somebody types.
 */
export function smooth(source: Readable<Status>, setTimer: Environment['setTimer']): Readable<Status> {
  const listeners = new Set<() => void>()
  let shown = source.getSnapshot()
  let cancel: (() => void) | null = null
  let stop: (() => void) | null = null

  const show = (): void => {
    cancel?.()
    cancel = null
    const next = source.getSnapshot()
    if (Object.is(next, shown)) return
    shown = next
    for (const listener of [...listeners]) listener()
  }
  const look = (): void => {
    const isHeldBack = shown.state === 'synced' && source.getSnapshot().state === 'saving'
    if (!isHeldBack) show()
    else cancel ??= setTimer(show, SMOOTH_MS)
  }
  return {
    getSnapshot: () => {
      // While nobody listens there is nothing to smooth, and nothing that would keep it up to date.
      if (listeners.size === 0) shown = source.getSnapshot()
      return shown
    },
    getServerSnapshot: () => source.getServerSnapshot(),
    subscribe: (onChange) => {
      const listener = () => onChange()
      listeners.add(listener)
      stop ??= source.subscribe(look)
      look()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stop?.()
        stop = null
        cancel?.()
        cancel = null
      }
    },
  }
}
