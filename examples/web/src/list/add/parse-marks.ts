import { type Claim, type ParseContext, TAKEN, type Token } from './parse-types.ts'

const MARK = new RegExp(`(?<=^|[\\s${TAKEN}])[@#/!]`, 'gu')
const NEW_WORD = /^[\p{L}\p{N}\p{M}_][\p{L}\p{N}\p{M}_-]*/u
const HAS_LETTER = /\p{L}/u

/** `@person`, `#label`, `/section`, `!1` to `!3`, where a word begins. The first section and priority count; people and labels all do. */
export function findMarks(text: string, context: ParseContext): Claim[] {
  const claims: Claim[] = []
  const given = new Set<Token['kind']>()
  for (const { 0: mark, index: start } of text.matchAll(MARK)) {
    const found = readers[mark]?.(text.slice(start + 1), context)
    if (found === undefined || found === null) continue
    const { token, length } = found
    const isOnce = token.kind === 'section' || token.kind === 'priority'
    if (isOnce && given.has(token.kind)) continue
    given.add(token.kind)
    claims.push({ start, end: start + 1 + length, token })
  }
  return claims
}

interface Read {
  readonly token: Token
  /** Of the text behind the mark. */
  readonly length: number
}

const readers: Readonly<Record<string, (rest: string, context: ParseContext) => Read | null>> = {
  '@': (rest, { people }) => {
    const whole = longest(people, rest, ({ name }) => name)
    const first = whole ?? onlyFirstName(people, rest)
    if (first === null) return null
    const { of, length } = first
    return { token: { kind: 'person', id: of.id, name: of.name }, length }
  },
  '#': (rest, { labels }) => {
    const known = longest(labels, rest, ({ title }) => title)
    if (known !== null) return { token: { kind: 'label', ...pick(known.of) }, length: known.length }
    const title = newWord(rest)
    return title === null ? null : { token: { kind: 'label', id: null, title }, length: title.length }
  },
  '/': (rest, { sections }) => {
    const known = longest(sections, rest, ({ title }) => title)
    if (known !== null) return { token: { kind: 'section', ...pick(known.of) }, length: known.length }
    const title = newWord(rest)
    return title === null ? null : { token: { kind: 'section', id: null, title }, length: title.length }
  },
  '!': (rest) => {
    const priority = ({ 1: 1, 2: 2, 3: 3 } as const)[/^[123](?=\s|$)/u.exec(rest)?.[0] ?? '']
    return priority === undefined ? null : { token: { kind: 'priority', priority }, length: 1 }
  },
}

/** The longest of the names that `rest` begins with as whole words, so that "Ann Smith" is not taken for "Ann". */
function longest<T>(all: readonly T[], rest: string, nameOf: (one: T) => string): Found<T> | null {
  let best: Found<T> | null = null
  for (const of of all) {
    const name = nameOf(of)
    if (name === '' || name.length <= (best?.length ?? 0)) continue
    const isSame = rest.slice(0, name.length).toLowerCase() === name.toLowerCase()
    if (isSame && isEnd(rest, name.length)) best = { of, length: name.length }
  }
  return best
}

interface Found<T> {
  readonly of: T
  readonly length: number
}

/** "@ann" for "Ann Smith", as long as there is one Ann. */
function onlyFirstName<T extends { readonly name: string }>(
  all: readonly T[],
  rest: string,
): Found<T> | null {
  const word = /^\S+/u.exec(rest)?.[0].replace(/[,;.:!?]+$/u, '') ?? ''
  if (word === '') return null
  const meant = all.filter(({ name }) => name.split(/\s+/u)[0]?.toLowerCase() === word.toLowerCase())
  const [only] = meant
  return only !== undefined && meant.length === 1 ? { of: only, length: word.length } : null
}

/** A name for something new: one word with a letter in it, and nothing behind it: `/usr/bin` and `#1` are no marks. */
function newWord(rest: string): string | null {
  const word = NEW_WORD.exec(rest)?.[0] ?? ''
  return HAS_LETTER.test(word) && word.length <= 100 && isEnd(rest, word.length) ? word : null
}

function isEnd(rest: string, at: number): boolean {
  return /^(?:$|[\s,;:?)]|[.!](?:\s|$))/u.test(rest.slice(at)) || rest[at] === TAKEN
}

function pick({ id, title }: { readonly id: string; readonly title: string }) {
  return { id, title }
}
