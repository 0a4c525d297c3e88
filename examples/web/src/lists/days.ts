const DAY_MS = 86_400_000

/** Days to put something off to. Counted in UTC, where every day has 24 hours. */
export function tomorrowOf(today: string): string {
  return later(today, 1)
}

/** The Monday after, also on a Monday: what people mean by next week. */
export function nextMondayOf(today: string): string {
  const weekday = new Date(`${today}T00:00Z`).getUTCDay()
  return later(today, 7 - ((weekday + 6) % 7))
}

function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}
