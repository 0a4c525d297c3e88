import type { Page } from 'playwright-core'

export interface Shift {
  /** The part of the window that moved, times how far; what follows a person's own press within 500 ms counts for nothing. */
  readonly value: number
  readonly what: readonly string[]
}

declare global {
  interface Window {
    shifts: Shift[]
  }
}

/** To be run before the page's own script. */
export function countShifts(): void {
  window.shifts = []
  interface Entry extends PerformanceEntry {
    readonly value: number
    readonly hadRecentInput: boolean
    readonly sources: readonly { node?: Node; previousRect: DOMRect; currentRect: DOMRect }[]
  }
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries() as Entry[]) {
      if (hadRecentInput) continue
      const what = sources.map(({ node, previousRect, currentRect }) => {
        const name = node instanceof Element ? `${node.localName}.${node.className}` : (node?.nodeName ?? '')
        return `${name} ${node?.textContent?.slice(0, 30)} ${previousRect.top} → ${currentRect.top}`
      })
      window.shifts.push({ value, what })
    }
  }).observe({ type: 'layout-shift', buffered: true })
}

/** What has shifted since it was asked for the last time. */
export async function shiftsOf(page: Page): Promise<Shift[]> {
  return page.evaluate(async () => {
    // Entries come after the frame they are about.
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
    return window.shifts.splice(0)
  })
}
