import { Ask } from '../ui/ask.tsx'
import { useWords } from '../words/use-words.ts'

interface Props {
  /** What giving up means here, as a button says it. */
  readonly words: string
  /** How many changes are lost; null where it is not a matter of changes. */
  readonly count?: number
  readonly onYes: () => void
  readonly onClose: () => void
}

/** Asked before changes go that are nowhere else. */
export function GiveUp({ words, count = 0, onYes, onClose }: Props) {
  const { state } = useWords()
  return (
    <Ask
      title={count === 0 ? `${words}?` : state.reallyGiveUp(count)}
      yes={words}
      no={state.keep}
      onYes={onYes}
      onClose={onClose}
    >
      <p>{state.giveUpMeans}</p>
    </Ask>
  )
}
