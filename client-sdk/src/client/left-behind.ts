import type { Environment } from '../connection/port.ts'
import type { TabMessage } from '../tabs/port.ts'

/** A tab that is still there and has a network has had its edit saved by then. */
const LEFT_MS = 10_000

export interface LeftBehind {
  heard(message: TabMessage): void
  close(): void
}

/**
 * Notices that an edit of another tab is not being saved: that tab may have been closed, and this one may not have the list open.
 * `found` is called again for as long as there are others.
 */
export function createLeftBehind(environment: Environment, found: () => void): LeftBehind {
  let recent = new Set<number>()
  /** Those that have waited for at least `LEFT_MS`: who types on and on is not left behind. */
  let late = new Set<number>()
  let cancel: (() => void) | null = null

  const arm = (): void => {
    cancel ??= environment.setTimer(() => {
      cancel = null
      const isLeft = late.size > 0
      late = recent
      recent = new Set()
      if (late.size > 0) arm()
      if (isLeft) found()
    }, LEFT_MS)
  }
  return {
    heard: (message) => {
      if (message.type === 'update' && message.pendingKey !== null) {
        recent.add(message.pendingKey)
        arm()
      }
      if (message.type !== 'confirmed' && message.type !== 'refused') return
      for (const key of message.keys) {
        recent.delete(key)
        late.delete(key)
      }
    },
    close: () => cancel?.(),
  }
}
