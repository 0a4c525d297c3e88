import type { Content, ContentItem } from './types.ts'

/** For reading and for notes programs: sections as headings, items as boxes, notes as quotes below them. */
export function writeMarkdown(content: Content, nameOf: (userId: string) => string): string {
  const lines: string[] = []
  if (content.title !== null) lines.push(`# ${escaped(content.title)}`, '')
  const inSection = (section: number | null): void => {
    const items = content.items.filter((item) => item.section === section)
    for (const item of items) lines.push(...linesOf(content, item, nameOf))
    if (items.length > 0) lines.push('')
  }
  inSection(null)
  for (const [at, title] of content.sections.entries()) {
    lines.push(`## ${escaped(title)}`, '')
    inSection(at)
  }
  return `${lines.join('\n').trimEnd()}\n`
}

function linesOf(content: Content, item: ContentItem, nameOf: (userId: string) => string): string[] {
  const indent = item.parent === null ? '' : '  '
  const words = [`${indent}- [${item.done ? 'x' : ' '}] ${escaped(item.title)}`]
  if (item.quantity !== null) words.push(`(${escaped(item.quantity)})`)
  for (const id of item.assignees) words.push(`@${escaped(nameOf(id))}`)
  if (item.link !== null) words.push(`<${item.link.replace(/[<>\s]/g, encodeURIComponent)}>`)
  if (item.due !== null) words.push(`(due ${[item.due.date, item.due.time ?? ''].join(' ').trim()})`)
  for (const label of item.labels) words.push(`#${tagOf(content.labels[label]?.title ?? '')}`)
  const notes = item.notes === '' ? [] : item.notes.split(/\r\n|\n|\r/)
  return [words.join(' '), ...notes.map((line) => `${indent}  > ${inert(line)}`)]
}

/** What Markdown, or we on reading it, would take for more than a letter; line ends too, or a title could begin a list of its own. */
function escaped(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_[\]<>]|(?<!\S)#|\((?=due )/g, (mark) => `\\${mark}`)
}

/** Notes stay as they were typed, but for tags and links: those of a hostile writer would be the viewer's own. See `asTyped`. */
function inert(line: string): string {
  return line.replace(
    /(\\*)(<|\](?=\())/g,
    (_, before: string, mark: string) => `${before}${before}\\${mark}`,
  )
}

function tagOf(title: string): string {
  return title.replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-')
}
