import { Builder } from './builder.ts'
import { readCsv, separatorOf } from './csv.ts'
import { columnsOf } from './csv-headings.ts'
import { readCsvContent } from './csv-read.ts'
import { readIcsContent } from './ics-read.ts'
import { readJsonContent } from './json-read.ts'
import { readMarkdownContent } from './markdown-read.ts'
import type { ExchangeFormat, Parsed } from './types.ts'

/** What an app should refuse to read at all: some 20,000 items with notes are less. */
export const MOST_IMPORT_BYTES = 5_000_000

const READERS: Readonly<Record<ExchangeFormat, (text: string) => Parsed>> = {
  json: readJsonContent,
  csv: readCsvContent,
  ics: readIcsContent,
  md: readMarkdownContent,
}

/**
 * Understands a file, in the given format or the one it looks like. Never throws: what cannot be understood is in `skipped`, and
 * what comes out can be added to a list.
 */
export function readImport(text: string, format?: ExchangeFormat): Parsed {
  const plain = text.replace(/^\uFEFF/, '')
  const chosen = format ?? formatOf(plain)
  try {
    return READERS[chosen](plain)
  } catch {
    // A file made to break readers; there is nothing of it to be had.
    const to = new Builder()
    to.skip(1, 'broken', plain)
    return to.done(chosen)
  }
}

/** By its content: names of files lie. */
export function formatOf(text: string): ExchangeFormat {
  const start = text.replace(/^\uFEFF/, '').trimStart()
  if (/^BEGIN:VCALENDAR/i.test(start)) return 'ics'
  if (/^[[{]/.test(start) && !/^\[[ xX]\]/.test(start)) return 'json'
  const head = start.slice(0, 4_000)
  const rows = readCsv(head, separatorOf(head))
  if (columnsOf(rows[0]?.cells ?? []) !== null) return 'csv'
  const isMarked = /^(\s*([-*+•]|\d+[.)])\s+\S|#{1,6}\s+\S|\s*\[[ xX]\])/m.test(head)
  const width = rows[0]?.cells.length ?? 0
  const isTable =
    width > 1 && rows.length > 1 && rows.slice(0, -1).every(({ cells }) => cells.length === width)
  return isTable && !isMarked ? 'csv' : 'md'
}
