/**
 * Where a person was on each page of the history, so that Back leads to the row they came from.
 *
 * The browser's own memory gives up when a page is not as long as before in the moment it is shown, and ours are drawn a moment later.
 */
const KEY = 'tandem:places'
/** A page that is not long enough by then was longer only because of what has gone since. */
const PATIENCE_MS = 1_000

interface Entry {
  readonly place: string
}

const scrolls = new Map<string, number>()
let arrival: 'opened' | 'forward' | 'back' = 'opened'
let current = ''

/** How the page on the screen was come to. A page that was opened from outside keeps the browser's focus. */
export function arrivedBy(): typeof arrival {
  return arrival
}

/** Another page stands at the same address now, because the person did something: they have come to it. */
export function changePage(): void {
  arrival = 'forward'
}

export function enterPlace(to: { path: string; isOver: boolean; isSamePlace: boolean }): void {
  scrolls.set(current, scrollY)
  const entry: Entry = { place: newKey() }
  history[to.isOver ? 'replaceState' : 'pushState'](entry, '', to.path)
  current = entry.place
  arrival = 'forward'
  if (to.isSamePlace) scrolls.set(current, scrollY)
  else scrollTo(0, 0)
}

/** To be called once, before the first rendering. */
export function keepPlaces(): void {
  history.scrollRestoration = 'manual'
  for (const [place, at] of Object.entries(remembered())) scrolls.set(place, at)
  current = keyOf(history.state) ?? newKey()
  history.replaceState({ place: current } satisfies Entry, '')
  restore()
  addEventListener('popstate', (event) => {
    scrolls.set(current, scrollY)
    current = keyOf(event.state) ?? newKey()
    arrival = 'back'
    restore()
  })
  addEventListener('pagehide', () => {
    scrolls.set(current, scrollY)
    try {
      sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(scrolls)))
    } catch {
      // Without it a reloaded page starts at its top.
    }
  })
}

function restore(): void {
  const wanted = scrolls.get(current) ?? 0
  const until = performance.now() + PATIENCE_MS
  const place = current
  const look = (): void => {
    if (place !== current) return
    const reach = document.documentElement.scrollHeight - innerHeight
    if (reach < wanted && performance.now() < until) requestAnimationFrame(look)
    else scrollTo(0, wanted)
  }
  requestAnimationFrame(look)
}

function remembered(): Record<string, number> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Record<string, number>
  } catch {
    return {}
  }
}

function keyOf(state: unknown): string | null {
  const { place } = (state ?? {}) as Partial<Entry>
  return typeof place === 'string' ? place : null
}

function newKey(): string {
  return Math.random().toString(36).slice(2)
}
