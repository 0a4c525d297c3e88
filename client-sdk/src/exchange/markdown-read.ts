import { LIMITS } from '../model/limits.ts'
import { Builder } from './builder.ts'
import type { Parsed } from './types.ts'

// With `s`: lines are cut already, and what Unicode calls a line end is a letter to Markdown.
const HEADING = /^ {0,3}(#{1,6})\s+(.*)$/s
const BULLET = /^([ \t]*)(?:[-*+•]|\d{1,9}[.)])\s+(?:\[([ xX✓✔])\]\s*)?(.*)$/s
const BARE_BOX = /^([ \t]*)\[([ xX✓✔])\]\s+(.*)$/s
const QUOTE = /^[ \t]*> ?(.*)$/s
const DUE = /\s\(due (\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}))?\)$/
const LINK = /\s<(https:\/\/[^\s<>]+)>$/
const TAG = /\s#([\p{L}\p{M}\p{N}_-]+)$/u

/** A list as people write it down: boxes, bullets, headings; or only lines. */
export function readMarkdownContent(text: string): Parsed {
  const lines = text.split(/\r\n|\n|\r/)
  const isMarked = lines.some((line) => BULLET.test(line) || BARE_BOX.test(line))
  return new MarkdownReader(isMarked).read(lines)
}

class MarkdownReader {
  readonly #to = new Builder()
  /** Without any bullet every line is an item. */
  readonly #isMarked: boolean
  #section: number | null = null
  #top: { readonly at: number | null; readonly indent: number } | null = null
  #last: number | null = null

  constructor(isMarked: boolean) {
    this.#isMarked = isMarked
  }

  read(lines: readonly string[]): Parsed {
    for (const [index, line] of lines.entries()) this.#line(index + 1, line)
    return this.#to.done('md')
  }

  #line(row: number, line: string): void {
    if (line.trim() === '') return
    const heading = HEADING.exec(line)
    const bullet = BULLET.exec(line) ?? BARE_BOX.exec(line)
    const quote = QUOTE.exec(line)
    if (heading !== null) this.#heading(row, heading[1]?.length ?? 1, heading[2] ?? '')
    else if (bullet !== null) this.#item(row, bullet[1] ?? '', bullet[2] ?? ' ', bullet[3] ?? '')
    else if (quote !== null && this.#last !== null)
      this.#to.addNotes(row, this.#last, asTyped(quote[1] ?? ''))
    else if (!this.#isMarked) this.#item(row, '', ' ', line.trim())
    else if (/^\s/.test(line) && this.#last !== null) this.#to.addNotes(row, this.#last, line.trim())
    else this.#to.skip(row, 'unknown-kind', line.trim())
  }

  #heading(row: number, level: number, text: string): void {
    // Some close a heading as they open it.
    const closing = /\s#+$/.exec(text.trim())
    const name = plain(closing === null ? text.trim() : text.trim().slice(0, closing.index))
    const isTitle = level === 1 && this.#to.title === null && this.#to.length === 0 && this.#section === null
    if (isTitle) this.#to.named(name)
    else this.#section = this.#to.newSection(row, name)
    this.#top = null
    this.#last = null
  }

  #item(row: number, space: string, box: string, text: string): void {
    const indent = space.replaceAll('\t', '    ').length
    const isSubtask = this.#top !== null && indent >= this.#top.indent + 2
    const { title, ...marks } = readMarks(text)
    this.#last = this.#to.item({
      row,
      title: plain(title),
      done: box !== ' ',
      section: this.#section,
      parent: isSubtask ? (this.#top?.at ?? null) : null,
      ...marks,
    })
    if (!isSubtask) this.#top = { at: this.#last, indent }
  }
}

interface Marks {
  readonly title: string
  readonly due: unknown
  readonly link: string | null
  readonly labels: readonly string[]
}

/** Longer than any day or label; looking no further back keeps a line of a million marks cheap. */
const MARK_CHARS = 200

/** Marks at the end of a line, as we write them. Only there: a `#` in the middle of a sentence is part of it. */
function readMarks(text: string): Marks {
  let title = ` ${text.trimEnd()}`
  let due: unknown = null
  let link: string | null = null
  const labels: string[] = []
  while (labels.length < LIMITS.membersPerSet) {
    const end = title.slice(-MARK_CHARS)
    const tag = TAG.exec(end)
    const day = due === null ? DUE.exec(end) : null
    const isLink: boolean = link === null && end.endsWith('>')
    const address: RegExpExecArray | null = isLink ? LINK.exec(title.slice(-LIMITS.linkChars - 3)) : null
    const mark: RegExpExecArray | null = tag ?? day ?? address
    const rest = mark === null ? '' : title.slice(0, -mark[0].length)
    if (rest.trim() === '') break
    // `#12` is a number that somebody refers to.
    if (tag !== null && /^\d+$/.test(tag[1] ?? '')) break
    if (tag !== null) labels.unshift(tag[1] ?? '')
    else if (day !== null) due = day[2] === undefined ? { date: day[1] } : { date: day[1], time: day[2] }
    else link = address?.[1] ?? null
    title = rest
  }
  return { title: title.trim(), due, link, labels }
}

function plain(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1')
}

/** Takes back what `inert` wrote; of other programs only an odd number of backslashes means the same. */
function asTyped(line: string): string {
  return line.replace(/(\\+)(<|\](?=\())/g, (all: string, before: string, mark: string) =>
    before.length % 2 === 1 ? before.slice(0, (before.length - 1) / 2) + mark : all,
  )
}
