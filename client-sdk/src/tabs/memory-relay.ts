import { parseTabMessage } from './parse-tab-message.ts'
import type { TabMessage, TabRelay } from './port.ts'

/** Tabs of a browser that exists in one process only; each `open` is one more tab. */
export function createMemoryTabs(): { open(): TabRelay } {
  const tabs = new Set<(message: TabMessage) => void>()
  return {
    open: () => {
      const listeners = new Set<(message: TabMessage) => void>()
      const hear = (message: TabMessage): void => {
        for (const listener of [...listeners]) listener(message)
      }
      tabs.add(hear)
      return {
        post: (message) => {
          if (!tabs.has(hear)) return
          for (const tab of tabs) {
            if (tab === hear) continue
            const copy = parseTabMessage(structuredClone(message))
            // Later, as between real tabs: a sender never runs a receiver's code.
            if (copy !== null) queueMicrotask(() => tabs.has(tab) && tab(copy))
          }
        },
        subscribe: (listener) => {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
        close: () => {
          tabs.delete(hear)
          listeners.clear()
        },
      }
    },
  }
}
