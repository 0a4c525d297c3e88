import type { List } from '../list/types.ts'
import { branchesOf, contentOf } from './content-of.ts'
import { writeCsv } from './csv-write.ts'
import { writeIcs } from './ics-write.ts'
import { type History, writeJson } from './json-write.ts'
import { writeMarkdown } from './markdown-write.ts'
import type { ExchangeFormat } from './types.ts'

const TYPES: Readonly<Record<ExchangeFormat, string>> = {
  json: 'application/json',
  csv: 'text/csv;charset=utf-8',
  ics: 'text/calendar;charset=utf-8',
  md: 'text/markdown;charset=utf-8',
}

/**
 * The list as it is on this screen, as a file; its trash is not in it. `names` says who is behind user ids (`list.names`).
 *
 * Nothing in it can run: formulas are guarded in CSV, markup in Markdown, and lines in ICS cannot begin others.
 */
export function exportList(
  list: List,
  format: ExchangeFormat,
  names: Readonly<Record<string, string>> = {},
): Blob {
  return new Blob([textOf(list, format, names)], { type: TYPES[format] })
}

function textOf(list: List, format: ExchangeFormat, names: Readonly<Record<string, string>>): string {
  const content = contentOf(list)
  const branches = branchesOf(list)
  const nameOf = (id: string): string => (Object.hasOwn(names, id) ? (names[id] ?? id) : id)
  switch (format) {
    case 'csv':
      return writeCsv(content, nameOf)
    case 'md':
      return writeMarkdown(content, nameOf)
    case 'ics': {
      const stamps = branches.map(({ item }) => ({
        id: item.id,
        changedAt: item.changed.at,
        completedAt: item.completed?.at ?? null,
      }))
      return writeIcs(content, stamps)
    }
    case 'json': {
      const histories = branches.map(({ item }): History => {
        const comments = list.comments.on(item.id).getSnapshot()
        return {
          created: stampOf(item.created, nameOf),
          completed: item.completed === null ? null : stampOf(item.completed, nameOf),
          comments: comments.map(({ created, body }) => ({ ...stampOf(created, nameOf), body })),
        }
      })
      return writeJson(content, histories, nameOf)
    }
  }
}

function stampOf(
  { by, at }: { readonly by: string; readonly at: number },
  nameOf: (id: string) => string,
): { by: string; at: string } {
  const moment = new Date(at)
  // Clocks of devices may be anywhere.
  return { by: nameOf(by), at: Number.isNaN(moment.getTime()) ? '' : moment.toISOString() }
}

const MOST_NAME_CHARS = 80

/** A name that every system takes for a file in the folder it is put into, and for nothing else. */
export function fileNameFor(title: string, format: ExchangeFormat): string {
  const plain = title
    .normalize('NFC')
    .replace(/[\p{C}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .]+|[ .]+$/g, '')
  const short = [...plain].slice(0, MOST_NAME_CHARS).join('').trimEnd()
  // Windows takes these for devices, whatever their ending.
  const isDevice = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(short)
  return `${short === '' || isDevice ? `list ${short}`.trim() : short}.${format}`
}
