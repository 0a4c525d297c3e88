import { X } from 'lucide-react'
import { useLanguage, useWords } from '../../words/use-words.ts'
import { chipIcon, chipWords } from './chip-words.tsx'
import type { Part, Token } from './parse-types.ts'

interface Props {
  readonly parts: readonly Part[]
  /** The section everything goes to, set from outside and not typed. */
  readonly target: { readonly title: string; takeOff(): void } | null
  /** Makes it plain text again. */
  readonly onPlain: (token: Token, text: string) => void
}

/** What was understood, each to be taken off with one press. */
export function Chips({ parts, target, onPlain }: Props) {
  const words = useWords()
  const { tag } = useLanguage()
  const tokens = parts.flatMap(({ token, text }, at) => (token === null ? [] : [{ token, text, at }]))
  // Then a time of day is said without one.
  const hasDay = tokens.some(({ token }) => token.kind === 'date' || token.kind === 'repeat')
  if (tokens.length === 0 && target === null) return null
  const targetWords = target === null ? '' : words.add.inSection(target.title)
  return (
    <ul className="chips" aria-label={words.add.understood}>
      {target !== null && (
        <li>
          <button
            type="button"
            className="chip add-chip"
            aria-label={words.add.takeOff(targetWords)}
            onClick={target.takeOff}
          >
            {chipIcon('section')}
            <span dir="auto">{targetWords}</span>
            <X aria-hidden className="chip-x" />
          </button>
        </li>
      )}
      {tokens.map(({ token, text, at }) => {
        const said = chipWords(token, { words, tag }, hasDay)
        return (
          <li key={`${token.kind} ${at}`}>
            <button
              type="button"
              className="chip add-chip"
              aria-label={words.add.asText(said)}
              onClick={() => onPlain(token, text)}
            >
              {chipIcon(token.kind)}
              <span dir="auto">{said}</span>
              <X aria-hidden className="chip-x" />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
