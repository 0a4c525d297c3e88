/**
 * Blanks out comments and the insides of strings, keeping every line where it was.
 *
 * A plain search for `Date.now` would also find the sentence that forbids it. This is a scanner and not a parser: it
 * knows strings, templates, comments and regular expressions well enough for our own formatted sources.
 */
export function stripComments(text: string): string {
  let out = ''
  let i = 0
  const blank = (until: number): void => {
    for (; i < until && i < text.length; i++) out += text[i] === '\n' ? '\n' : ' '
  }
  while (i < text.length) {
    const two = text.slice(i, i + 2)
    const char = text[i] ?? ''
    if (two === '//') blank(endOr(text.indexOf('\n', i), text))
    else if (two === '/*') blank(endOr(text.indexOf('*/', i + 2), text, 2))
    else if (char === "'" || char === '"') blank(endOfQuoted(text, i, char))
    else if (char === '`') i = copyTemplate(text, i, (piece) => (out += piece))
    else if (char === '/' && startsRegularExpression(out)) blank(endOfRegularExpression(text, i))
    else {
      out += char
      i += 1
    }
  }
  return out
}

function endOr(index: number, text: string, extra = 0): number {
  return index === -1 ? text.length : index + extra
}

function endOfQuoted(text: string, start: number, quote: string): number {
  let i = start + 1
  while (i < text.length && text[i] !== quote && text[i] !== '\n') i += text[i] === '\\' ? 2 : 1
  return i + 1
}

/** The code inside `${…}` counts as code; the words around it do not. */
function copyTemplate(text: string, start: number, emit: (piece: string) => void): number {
  let i = start + 1
  while (i < text.length && text[i] !== '`') {
    if (text[i] === '\\') i += 2
    else if (text.startsWith('${', i)) {
      const end = endOfPlaceholder(text, i + 2)
      emit(` ${stripComments(text.slice(i + 2, end))} `)
      i = end + 1
    } else {
      if (text[i] === '\n') emit('\n')
      i += 1
    }
  }
  return i + 1
}

function endOfPlaceholder(text: string, start: number): number {
  let depth = 0
  for (let i = start; i < text.length; i++) {
    const char = text[i]
    if (char === '`') i = copyTemplate(text, i, () => undefined) - 1
    else if (char === "'" || char === '"') i = endOfQuoted(text, i, char) - 1
    else if (char === '{') depth += 1
    else if (char === '}') {
      if (depth === 0) return i
      depth -= 1
    }
  }
  return text.length
}

/** A slash divides after a value, and starts a regular expression everywhere else. */
function startsRegularExpression(before: string): boolean {
  const trimmed = before.trimEnd()
  return /(^|[=(,:[!&|?{};+~>-]|\breturn|\bcase|\btypeof)$/.test(trimmed.slice(-8))
}

function endOfRegularExpression(text: string, start: number): number {
  let inClass = false
  for (let i = start + 1; i < text.length; i++) {
    const char = text[i]
    if (char === '\\') i += 1
    else if (char === '[') inClass = true
    else if (char === ']') inClass = false
    else if (char === '\n') return i
    else if (char === '/' && !inClass) return i + 1
  }
  return text.length
}
