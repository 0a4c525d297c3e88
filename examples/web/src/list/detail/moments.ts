import { addDays } from '@tandem/client-sdk/model'

/** Of the device. */
export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/**
 * The moment that a time on a clock stands for: `2026-12-24T17:30`, on the clocks of `zone` (the device's without one); a text that says
 * its own zone (`Z`, `+02:00`) is read as it stands. Null for what is none.
 */
export function momentOf(text: string, zone?: string): number | null {
  if (/(?:Z|[+-]\d{2}:\d{2})$/u.test(text)) return finite(Date.parse(text))
  if (zone === undefined || zone === localZone()) return finite(Date.parse(text))
  const asUtc = Date.parse(`${text}Z`)
  if (Number.isNaN(asUtc)) return null
  try {
    // Twice: the first guess may lie on the other side of a change of clocks.
    const guess = asUtc - offsetAt(asUtc, zone)
    return asUtc - offsetAt(guess, zone)
  } catch {
    // A zone this browser does not know: the person's own clock is nearer to what was meant than nothing.
    return finite(Date.parse(text))
  }
}

/** On the device's clock, as a native field wants it: `2026-12-24T17:30`. */
export function clockOf(moment: number): string {
  const at = new Date(moment)
  const pad = (value: number): string => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`
}

/** A clock time, moved by minutes on the calendar and not through changes of clocks: a day before 9:00 is 9:00. */
export function shiftClock(clock: string, minutes: number): string {
  const [date = '', time = '00:00'] = clock.split('T')
  const total = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) + minutes
  const days = Math.floor(total / 1440)
  const rest = total - days * 1440
  const pad = (value: number): string => String(value).padStart(2, '0')
  return `${addDays(date, days)}T${pad(Math.floor(rest / 60))}:${pad(rest % 60)}`
}

function offsetAt(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment)
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value)
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return shown - Math.floor(moment / 1000) * 1000
}

function finite(value: number): number | null {
  return Number.isNaN(value) ? null : value
}
