import type { Words } from '../words/words.ts'

/** A moment as people say it: "today, 14:03", and with its day when it was another. */
export function momentWords(at: number, language: string, words: Words['state']): string {
  const when = new Date(at)
  const isToday = when.toDateString() === new Date().toDateString()
  if (isToday) return words.today(new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(when))
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(when)
}
