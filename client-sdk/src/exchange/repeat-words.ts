const UNITS: Readonly<Record<string, string>> = {
  day: 'DAILY',
  week: 'WEEKLY',
  month: 'MONTHLY',
  year: 'YEARLY',
}
const ADVERBS: Readonly<Record<string, string>> = {
  daily: 'FREQ=DAILY',
  weekly: 'FREQ=WEEKLY',
  monthly: 'FREQ=MONTHLY',
  yearly: 'FREQ=YEARLY',
}
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** The rule behind the English words in which other programs export repetition, or null when these are not such words. */
export function repeatOfWords(text: string): string | null {
  const words = text.trim().toLowerCase()
  if (Object.hasOwn(ADVERBS, words)) return ADVERBS[words] ?? null
  const every = /^every(!?)\s+(?:(\d{1,3}|other)\s+)?([a-z, ]{1,80}?)s?$/.exec(words)
  if (every === null) return null
  const [, after, count, what = ''] = every
  const isAfter = after === '!' ? ';X-AFTER=1' : ''
  const interval = count === undefined ? '' : `;INTERVAL=${count === 'other' ? 2 : Number(count)}`
  if (Object.hasOwn(UNITS, what)) return `FREQ=${UNITS[what]}${interval}${isAfter}`
  if (what === 'weekday' || what === 'workday') return 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'
  const days = what.split(/[,\s]+/).map((day) => DAYS.findIndex((name) => isDay(day, name)))
  if (days.includes(-1)) return null
  const codes = [...new Set(days)].sort((a, b) => a - b).map((day) => CODES[day])
  return `FREQ=WEEKLY${interval};BYDAY=${codes.join(',')}`
}

function isDay(word: string, name: string): boolean {
  return word === name || (word.startsWith(name) && word.endsWith('day'))
}
