import type { Across } from '@tandem/client-sdk'
import { useWords } from '../../words/use-words.ts'

/** What a view over all lists does not know yet. It has its place whether it speaks or not, so that nothing shifts. */
export function Looking({ across }: { across: Across }) {
  const words = useWords().lists
  return (
    <p className="muted small" role="status">
      {!across.isComplete && words.lookingThrough}
      {across.isComplete && across.missing > 0 && words.missing(across.missing)}
    </p>
  )
}
