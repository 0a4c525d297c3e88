/** One line of a pasted list. */
export interface PastedLine {
  readonly title: string
  readonly isDone: boolean
  /** Indented under the line before: it becomes a subtask of the last one that is not. */
  readonly isUnder: boolean
}

const CHECKBOX = /^(?:[-*+•]\s+)?(?:\[([ xX✓✔])\]|([☐☑☒✅✓✔]))\s+/u
const BULLET = /^(?:[-*+•◦▪‣–—·](?:\s+|$)|(?:\d{1,3}|[a-z])[.)]\s+)/u
const TICKED = /[xX✓✔☑☒✅]/u

/** Lines with something in them, without bullets, checkboxes and numbering; what was ticked stays ticked. */
export function parseLines(text: string): PastedLine[] {
  const lines: PastedLine[] = []
  let base: number | null = null
  for (const raw of text.split(/\r\n|\r|\n|\u2028/u)) {
    const line = raw.trim()
    if (line === '') continue
    const indent = (/^\s*/u.exec(raw)?.[0] ?? '').replaceAll('\t', '    ').length
    base = base === null ? indent : Math.min(base, indent)
    const box = CHECKBOX.exec(line)
    const isDone = box !== null && TICKED.test(box[1] ?? box[2] ?? '')
    const title = box === null ? line.replace(BULLET, '') : line.slice(box[0].length)
    if (title.trim() === '') continue
    lines.push({ title: title.trim(), isDone, isUnder: lines.length > 0 && indent >= base + 2 })
  }
  return lines
}
