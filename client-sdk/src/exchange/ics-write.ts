import type { Due } from '../model/field-rules.ts'
import { folded, icsText } from './ics-lines.ts'
import type { Content, ContentItem } from './types.ts'

/** 1 is the highest in a calendar, 9 the lowest; ours go from 3 down. */
const PRIORITY = ['0', '9', '5', '1']

/** What a calendar wants to know of an item beside its content. */
export interface Stamps {
  readonly id: string
  readonly changedAt: number
  readonly completedAt: number | null
}

/** For calendars and other task programs: each item a VTODO. What they have no word for is in lines that begin with `X-TANDEM`. */
export function writeIcs(content: Content, stamps: readonly Stamps[]): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Tandem//Tandem//EN', 'CALSCALE:GREGORIAN']
  if (content.title !== null) lines.push(`X-WR-CALNAME:${icsText(content.title)}`)
  for (const [at, item] of content.items.entries()) {
    const parent = item.parent === null ? undefined : stamps[item.parent]
    lines.push(...todo(content, item, { at, own: stamps[at], parent: parent?.id ?? null }))
  }
  lines.push('END:VCALENDAR')
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function todo(
  content: Content,
  item: ContentItem,
  { at, own, parent }: { at: number; own: Stamps | undefined; parent: string | null },
): string[] {
  const lines = ['BEGIN:VTODO', `UID:${own?.id ?? at}`, `DTSTAMP:${utc(own?.changedAt ?? 0)}`]
  const put = (name: string, text: string | null | undefined): void => {
    if (text) lines.push(`${name}:${icsText(text)}`)
  }
  put('SUMMARY', item.title)
  put('DESCRIPTION', item.notes)
  lines.push(`STATUS:${item.done ? 'COMPLETED' : 'NEEDS-ACTION'}`)
  if (item.done) lines.push('PERCENT-COMPLETE:100')
  const completedAt = own?.completedAt ?? null
  if (completedAt !== null) lines.push(`COMPLETED:${utc(completedAt)}`)
  if (item.due !== null) lines.push(`DUE${dueOf(item.due)}`)
  // A calendar that does not know "after completion" must not repeat on the wrong days.
  const isAfter = item.repeat?.includes('X-AFTER') === true
  if (item.repeat !== null) lines.push(`${isAfter ? 'X-TANDEM-REPEAT' : 'RRULE'}:${item.repeat}`)
  if (item.priority > 0) lines.push(`PRIORITY:${PRIORITY[item.priority]}`)
  const labels = item.labels.flatMap((label) => content.labels[label]?.title ?? [])
  if (labels.length > 0) lines.push(`CATEGORIES:${labels.map(icsText).join(',')}`)
  if (item.link !== null) lines.push(`URL:${item.link}`)
  if (parent !== null) lines.push(`RELATED-TO:${parent}`)
  // What Apple, Nextcloud and Tasks.org sort by.
  lines.push(`X-APPLE-SORT-ORDER:${at}`)
  put('X-TANDEM-SECTION', item.section === null ? null : content.sections[item.section])
  put('X-TANDEM-QUANTITY', item.quantity)
  for (const moment of item.remindAt) lines.push(...alarm(moment))
  lines.push('END:VTODO')
  return lines
}

function dueOf({ date, time, tz }: Due): string {
  const day = date.replaceAll('-', '')
  if (time === undefined) return `;VALUE=DATE:${day}`
  const clock = `${day}T${time.replace(':', '')}00`
  if (tz === 'UTC') return `:${clock}Z`
  return tz === undefined ? `:${clock}` : `;TZID=${tz}:${clock}`
}

function alarm(moment: string): string[] {
  const isFixed = /(Z|[+-]\d{2}:\d{2})$/.test(moment)
  const at = isFixed ? utc(new Date(moment).getTime()) : local(moment)
  return [
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'DESCRIPTION:Reminder',
    `TRIGGER;VALUE=DATE-TIME:${at}`,
    'END:VALARM',
  ]
}

function local(moment: string): string {
  const [date = '', time = ''] = moment.split('T')
  return `${date.replaceAll('-', '')}T${time.slice(0, 5).replace(':', '')}00`
}

function utc(at: number): string {
  const moment = new Date(Number.isNaN(new Date(at).getTime()) ? 0 : at)
  return moment.toISOString().replace(/[-:]|\.\d+/g, '')
}
