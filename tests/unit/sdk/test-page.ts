import type { Page } from '../../../client-sdk/src/client/page.ts'

/** A page whose sight is in the test's hand. */
export interface TestPage extends Page {
  hide(): void
  look(): void
  /** As a network that is back. */
  wakeUp(): void
}

export function testPage(startsHidden = false): TestPage {
  const wakes = new Set<() => void>()
  const hides = new Set<() => void>()
  let isHidden = startsHidden
  const on = (listeners: Set<() => void>) => (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const tell = (listeners: Set<() => void>): void => {
    for (const listener of [...listeners]) listener()
  }
  return {
    isHidden: () => isHidden,
    onWakeUp: on(wakes),
    onHidden: on(hides),
    hide: () => {
      isHidden = true
      tell(hides)
    },
    look: () => {
      isHidden = false
      tell(wakes)
    },
    wakeUp: () => tell(wakes),
  }
}
