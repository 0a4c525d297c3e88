/** How long a link works; `date`: until the end of a day that is named. */
export const LASTINGS = ['day', 'week', 'month', 'ever', 'date'] as const
export type Lasting = (typeof LASTINGS)[number]

const DAY_MS = 86_400_000
const DAYS: Readonly<Record<Exclude<Lasting, 'ever' | 'date'>, number>> = { day: 1, week: 7, month: 30 }

/** The moment a link made now stops working; null: never. A named day counts to its end, where the person is. */
export function endOf(lasting: Lasting, day: string, now: Date): number | null {
  if (lasting === 'ever') return null
  if (lasting !== 'date') return now.getTime() + DAYS[lasting] * DAY_MS
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + 1).getTime()
}

/** As a date field wants it. */
export function tomorrow(now: Date): string {
  const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${next.getFullYear()}-${two(next.getMonth() + 1)}-${two(next.getDate())}`
}
