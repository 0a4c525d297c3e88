import type { TabChannel, TabLocks, TabSharing } from './sharing-port.ts'

/** The browser's own; null where it has no Web Locks (pages without https) or no channels between tabs. */
export function webSharing(): TabSharing | null {
  const { navigator, BroadcastChannel: Channel } = globalThis as Partial<typeof globalThis>
  const manager = navigator?.locks
  if (manager === undefined || Channel === undefined) return null
  return {
    locks: webLocks(manager),
    channel: (name, hear) => openChannel(Channel, name, hear),
    onRest,
  }
}

function webLocks(manager: LockManager): TabLocks {
  return {
    hold: (name, holder, how) => {
      const waiting = new AbortController()
      let letGo = (): void => {}
      let isOver = false
      let isGranted = false
      const held = new Promise<void>((resolve) => {
        letGo = resolve
      })
      const work = (): Promise<void> => {
        if (isOver) return Promise.resolve()
        isGranted = true
        holder.granted()
        return held
      }
      // A request that steals cannot be withdrawn, and never waits.
      const options: LockOptions =
        how === 'steal'
          ? { steal: true }
          : { signal: waiting.signal, mode: how === 'share' ? 'shared' : 'exclusive' }
      manager
        .request(name, options, work)
        .then(() => {})
        .catch(() => {
          // Withdrawn by us, and then no news, or stolen by another tab, or refused by the browser.
          if (isOver) return
          if (isGranted) holder.lost?.()
          else holder.refused?.()
        })
      return () => {
        isOver = true
        waiting.abort()
        letGo()
      }
    },
  }
}

const DEAF: TabChannel = { post: () => {}, close: () => {} }

function openChannel(
  Channel: typeof BroadcastChannel,
  name: string,
  hear: (message: unknown) => void,
): TabChannel {
  try {
    const channel = new Channel(name)
    // In Node an open channel keeps the process alive; a client that was forgotten should not.
    ;(channel as { unref?: () => void }).unref?.()
    channel.onmessage = ({ data }) => hear(data)
    return {
      post: (message) => {
        try {
          channel.postMessage(message)
        } catch {
          // Closed by the browser: to everybody else this tab is silent, which is what they look out for.
        }
      },
      close: () => channel.close(),
    }
  } catch {
    return DEAF
  }
}

function onRest(rest: () => void): () => void {
  const { addEventListener, removeEventListener, document } = globalThis as Partial<typeof globalThis>
  if (addEventListener === undefined || removeEventListener === undefined) return () => {}
  addEventListener('pagehide', rest)
  document?.addEventListener('freeze', rest)
  return () => {
    removeEventListener('pagehide', rest)
    document?.removeEventListener('freeze', rest)
  }
}
