const KEY = 'tandem:reminded'
/** Longer than a reminder can be late. */
const KEPT_MS = 2 * 86_400_000

/** What this device has reminded of, in whichever tab. */
export function isSaid(key: string): boolean {
  return Object.hasOwn(read(), key)
}

/** Takes those that no other tab has taken meanwhile; only these are to be said. */
export async function take(keys: readonly string[], now: number): Promise<ReadonlySet<string>> {
  const claim = (): ReadonlySet<string> => {
    const said = Object.entries(read()).filter(([, at]) => at > now - KEPT_MS)
    const known = new Set(said.map(([key]) => key))
    const own = keys.filter((key) => !known.has(key))
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries([...said, ...own.map((key) => [key, now])])))
    return new Set(own)
  }
  // Where there are no locks, two tabs may say the same.
  return 'locks' in navigator ? navigator.locks.request(KEY, claim) : claim()
}

function read(): Readonly<Record<string, number>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, number>) : {}
  } catch {
    return {}
  }
}
