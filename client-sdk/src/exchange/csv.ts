/** One line of a table, with the line of the file it starts on, from 1. */
export interface CsvRow {
  readonly row: number
  readonly cells: readonly string[]
  /** It ends inside a quoted cell. */
  readonly isBroken: boolean
}

/** What a spreadsheet would take for a formula, with the quote that keeps it text (and that we must then tell from a real one). */
const FORMULA = /^'*[=+\-@\t\r]/

/** One line as RFC 4180 has it. A cell that a spreadsheet would run as a formula gets a `'` before it. */
export function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => quoted(FORMULA.test(cell) ? `'${cell}` : cell)).join(',')
}

/** What `csvLine` put before a formula is taken off again. */
export function withoutGuard(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell
}

/** Several values in one cell. */
export function csvCell(values: readonly string[]): string {
  return values.map(quoted).join(', ')
}

export function valuesOf(cell: string): string[] {
  const values = readCsv(cell, ',').flatMap(({ cells }) => cells)
  return values.map((value) => value.trim()).filter((value) => value !== '')
}

function quoted(cell: string): string {
  return /[",;\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** The separator a file uses, by its first line; spreadsheets of half the world write semicolons. */
export function separatorOf(text: string): string {
  const first = text.slice(0, 2_000).split(/\r?\n/, 1)[0] ?? ''
  const counts = [',', ';', '\t'].map((mark) => [mark, outsideQuotes(first).split(mark).length] as const)
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}

function outsideQuotes(line: string): string {
  return line.replace(/"(?:[^"]|"")*"?/g, '')
}

/** Reads as forgivingly as spreadsheets do: any line ends, quotes in the middle of a cell, a last quote that is missing. */
export function readCsv(text: string, separator: string): CsvRow[] {
  const rows: CsvRow[] = []
  let line = 1
  let at = 0
  while (at < text.length) {
    const row = line
    const cells: string[] = []
    let isBroken = false
    for (;;) {
      const cell = text[cellStart(text, at)] === '"' ? quotedCell(text, cellStart(text, at)) : null
      const rest = plainCell(text, cell?.end ?? at, separator)
      cells.push(cell === null ? rest.value : cell.value + rest.value.trimEnd())
      isBroken ||= cell?.isBroken ?? false
      line += cell?.lines ?? 0
      at = rest.end
      if (text[at] !== separator) break
      at += 1
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1
    at += 1
    line += 1
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ row, cells, isBroken })
  }
  return rows
}

/** A space before an opening quote is none of the cell's. */
function cellStart(text: string, at: number): number {
  let start = at
  while (text[start] === ' ') start += 1
  return text[start] === '"' ? start : at
}

function plainCell(text: string, from: number, separator: string): { value: string; end: number } {
  let end = from
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1
  return { value: text.slice(from, end), end }
}

function quotedCell(text: string, from: number) {
  let value = ''
  let at = from + 1
  for (;;) {
    const close = text.indexOf('"', at)
    const isBroken = close === -1
    value += text.slice(at, isBroken ? undefined : close)
    if (!isBroken && text[close + 1] === '"') {
      value += '"'
      at = close + 2
      continue
    }
    return { value, end: isBroken ? text.length : close + 1, isBroken, lines: value.split('\n').length - 1 }
  }
}
