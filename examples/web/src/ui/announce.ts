/** For screen readers: what changed without the person doing it. At most one sentence in this time, so that a busy list does not talk for ever. */
const QUIET_MS = 2_000

let waiting: string | null = null
let isQuiet = false

/** Says a sentence politely; of several in quick succession the first and the last are said. */
export function announce(text: string): void {
  if (isQuiet) {
    waiting = text
    return
  }
  regionNow().textContent = text
  isQuiet = true
  setTimeout(() => {
    isQuiet = false
    const next = waiting
    waiting = null
    if (next !== null) announce(next)
  }, QUIET_MS)
}

/** Takes back what was said and what was to be: it may name what the person may no longer see. */
export function unsay(): void {
  waiting = null
  regionNow().textContent = ''
}

function regionNow(): HTMLElement {
  const known = document.getElementById('announcements')
  if (known !== null) return known
  const region = document.createElement('div')
  region.id = 'announcements'
  region.className = 'only-read'
  region.setAttribute('aria-live', 'polite')
  document.body.append(region)
  return region
}
