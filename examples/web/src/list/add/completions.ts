import type { ParseContext } from './parse-types.ts'

export interface Completion {
  readonly kind: 'person' | 'label' | 'section'
  readonly id: string
  readonly name: string
}

/** What could be meant by the word at the caret, and where that word begins with its mark. */
export interface Completions {
  readonly start: number
  readonly found: readonly Completion[]
}

const MOST = 6
const OPEN_MARK = /(?<=^|\s)([@#/])([^@#\n]{0,60})$/u

/** For who is typing `@`, `#` or `/`. Null when they are not, or when there is nothing to offer. */
export function completionsAt(text: string, caret: number, context: ParseContext): Completions | null {
  const match = OPEN_MARK.exec(text.slice(0, caret))
  if (match === null || /^[\p{L}\p{N}]/u.test(text.slice(caret))) return null
  const wanted = (match[2] ?? '').toLocaleLowerCase()
  const all = choices[match[1] ?? '']?.(context) ?? []
  const fits = (name: string): boolean => {
    const known = name.toLocaleLowerCase()
    // Behind a space it is a name of several words, or something else altogether.
    return (
      known.startsWith(wanted) ||
      (!/\s/u.test(wanted) && known.split(/\s+/u).some((word) => word.startsWith(wanted)))
    )
  }
  if (all.some(({ name }) => name.toLocaleLowerCase() === wanted.trim())) return null
  const found = all.filter(({ name }) => fits(name)).slice(0, MOST)
  const [only] = found
  // "@ann" is understood as it stands, where there is one Ann.
  const isFirstName = only?.kind === 'person' && only.name.split(/\s+/u)[0]?.toLocaleLowerCase() === wanted
  return found.length === 0 || (found.length === 1 && isFirstName) ? null : { start: match.index, found }
}

const choices: Readonly<Record<string, (context: ParseContext) => readonly Completion[]>> = {
  '@': ({ people }) => people.map(({ id, name }) => ({ kind: 'person', id, name })),
  '#': ({ labels }) => labels.map(({ id, title }) => ({ kind: 'label', id, name: title })),
  '/': ({ sections }) => sections.map(({ id, title }) => ({ kind: 'section', id, name: title })),
}
