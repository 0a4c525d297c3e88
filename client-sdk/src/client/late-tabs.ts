import type { TabMessage, TabRelay } from '../tabs/port.ts'

/** A relay that may not exist yet, because its name contains the person. What is said before nobody could have heard. */
export function lateTabs(): TabRelay & { attach(relay: TabRelay): void } {
  const listeners = new Set<(message: TabMessage) => void>()
  let attached: TabRelay | null = null
  let closed = false
  return {
    attach: (relay) => {
      if (closed) {
        relay.close()
        return
      }
      attached = relay
      relay.subscribe((message) => {
        for (const listener of [...listeners]) listener(message)
      })
    },
    post: (message) => attached?.post(message),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      closed = true
      attached?.close()
    },
  }
}
