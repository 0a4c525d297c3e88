/** What is measured inside a page; the same for the app and for what stands beside it. */
export interface Probe {
  /** From each press of a row's box to the end of the frame that shows it, in milliseconds. */
  readonly taps: number[]
  /** When a row was last shown to have changed, by its id: milliseconds since 1970. */
  readonly shown: Map<string, number>
  /** When a row was last pressed, by its id: milliseconds since 1970. */
  readonly pressed: Map<string, number>
  /** Milliseconds from the start of the page until a box of a row could be pressed. */
  interactiveAt: number | null
}

declare global {
  interface Window {
    probe: Probe
  }
}

/** To be run before the page's own script. Rows are elements with `data-id` and `data-done`. */
export function installProbe(): void {
  const probe: Probe = { taps: [], shown: new Map(), pressed: new Map(), interactiveAt: null }
  window.probe = probe
  /** A task of its own comes when the frame in which it was asked for has been handed over. */
  const afterFrame = (then: () => void): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = then
      port2.postMessage(null)
    })
  }
  addEventListener(
    'click',
    (event) => {
      const box = event.target
      const row = box instanceof HTMLInputElement ? box.closest<HTMLElement>('[data-id]') : null
      if (row === null) return
      const { id = '', done } = row.dataset
      probe.pressed.set(id, performance.timeOrigin + event.timeStamp)
      const isChanged = (): boolean =>
        document.querySelector<HTMLElement>(`[data-id="${id}"]`)?.dataset['done'] !== done
      const look = (): void => {
        if (isChanged()) probe.taps.push(performance.now() - event.timeStamp)
        else afterFrame(look)
      }
      afterFrame(look)
    },
    { capture: true },
  )
  new MutationObserver((changes) => {
    if (probe.interactiveAt === null && document.querySelector('[data-id] input:enabled') !== null) {
      probe.interactiveAt = -1
      afterFrame(() => {
        probe.interactiveAt = performance.now()
      })
    }
    for (const { target, attributeName } of changes) {
      const id = target instanceof HTMLElement ? target.dataset['id'] : undefined
      if (attributeName !== 'data-done' || id === undefined) continue
      afterFrame(() => probe.shown.set(id, performance.timeOrigin + performance.now()))
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-done'] })
}

/** Runs in a page: scrolls through all of it, and gives the time between frames. */
export async function scrollThrough(frames: number): Promise<number[]> {
  const spent: number[] = []
  const step = (document.documentElement.scrollHeight - innerHeight) / frames
  let before = performance.now()
  for (let frame = 0; frame < frames; frame++) {
    scrollBy(0, step)
    await new Promise(requestAnimationFrame)
    const now = performance.now()
    spent.push(now - before)
    before = now
  }
  return spent
}

/** Runs in a page: what each of so many letters at the end of the notes keeps the page busy with. */
export async function typeIntoNotes(letters: number): Promise<number[]> {
  const area = document.querySelector<HTMLTextAreaElement>(
    '.detail textarea.notes, textarea[aria-label="Notes"]',
  )
  if (area === null) throw new Error('There are no notes')
  area.focus()
  area.setSelectionRange(area.value.length, area.value.length)
  const spent: number[] = []
  for (let letter = 0; letter < letters; letter++) {
    const start = performance.now()
    document.execCommand('insertText', false, 'x')
    spent.push(performance.now() - start)
    await new Promise(requestAnimationFrame)
  }
  return spent
}
