/** A line of a calendar file: `NAME;PARAM=value:VALUE`. Names are in capitals. */
export interface IcsLine {
  readonly row: number
  readonly name: string
  readonly params: ReadonlyMap<string, string>
  readonly value: string
}

const MOST_BYTES = 75

/** Text as RFC 5545 wants it inside a value. */
export function icsText(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what the format forbids inside text
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .replace(/[\\;,]/g, (mark) => `\\${mark}`)
      .replaceAll('\n', '\\n')
  )
}

export function readIcsText(value: string): string {
  return value.replace(/\\([\\;,nN])/g, (_all, mark: string) => (mark.toLowerCase() === 'n' ? '\n' : mark))
}

/** Values between commas that are not escaped. */
export function icsValues(value: string): string[] {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1
    else if (value[at] === ',') {
      parts.push(value.slice(from, at))
      from = at + 1
    }
  }
  parts.push(value.slice(from))
  return parts.map((part) => readIcsText(part).trim()).filter((part) => part !== '')
}

/** Cuts a line so that no part is longer than 75 bytes, and none ends inside a character. */
export function folded(line: string): string {
  let out = ''
  let bytes = 0
  for (const char of line) {
    const size = bytesOf(char)
    if (bytes + size > MOST_BYTES) {
      out += '\r\n '
      bytes = 1
    }
    out += char
    bytes += size
  }
  return out
}

function bytesOf(char: string): number {
  const code = char.codePointAt(0) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}

/** The lines of a file, put together again where they were cut. What is no line is left out. */
export function* icsLines(text: string): Generator<IcsLine> {
  let row = 0
  let start = 1
  let whole: string[] = []
  for (const line of text.split(/\r\n|\n|\r/)) {
    row += 1
    if (/^[ \t]/.test(line)) {
      whole.push(line.slice(1))
      continue
    }
    yield* lineOf(whole.join(''), start)
    whole = [line]
    start = row
  }
  yield* lineOf(whole.join(''), start)
}

function* lineOf(line: string, row: number): Generator<IcsLine> {
  const head = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):/.exec(
    line,
  )
  if (head === null) return
  const [all, name = '', given = ''] = head
  const params = new Map<string, string>()
  for (const [, param = '', value = ''] of given.matchAll(/;([A-Za-z0-9-]+)=("[^"]*"|[^;]*)/g)) {
    params.set(param.toUpperCase(), value.replace(/^"|"$/g, ''))
  }
  yield { row, name: name.toUpperCase(), params, value: line.slice(all.length) }
}
