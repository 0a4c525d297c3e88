import { parseTabMessage } from './parse-tab-message.ts'
import type { TabMessage, TabRelay } from './port.ts'

/** The part of BroadcastChannel that is used. */
export interface BroadcastChannelLike {
  postMessage(message: unknown): void
  close(): void
  onmessage: ((event: MessageEvent) => unknown) | null
}

/**
 * Tabs over `BroadcastChannel`. The name must contain server and person, so that two people who share a browser profile
 * one after the other never hear each other.
 */
export function createBroadcastRelay(o: {
  serverUrl: string
  userId: string
  open?: (name: string) => BroadcastChannelLike
}): TabRelay {
  const listeners = new Set<(message: TabMessage) => void>()
  const channel = openChannel(`tandem ${o.serverUrl.replace(/\/+$/, '')} ${o.userId}`, o.open)
  if (channel !== null) {
    channel.onmessage = ({ data }) => {
      const message = parseTabMessage(data)
      if (message !== null) for (const listener of [...listeners]) listener(message)
    }
  }
  let isClosed = false
  return {
    post: (message) => {
      if (isClosed || channel === null) return
      try {
        channel.postMessage(message)
      } catch {
        // Closed by the browser, or not to be copied. The server still joins the tabs; the edit itself is stored already.
      }
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      isClosed = true
      listeners.clear()
      channel?.close()
    },
  }
}

function openChannel(
  name: string,
  open: ((name: string) => BroadcastChannelLike) | undefined,
): BroadcastChannelLike | null {
  try {
    if (open !== undefined) return open(name)
    if (typeof BroadcastChannel === 'undefined') return null
    const channel = new BroadcastChannel(name)
    // In Node an open channel keeps the process alive; a client that was forgotten should not.
    ;(channel as { unref?: () => void }).unref?.()
    return channel
  } catch {
    // Opaque origins (sandboxed frames) may not open one. The server still joins the tabs, as the port allows.
    return null
  }
}
