import type { Conflict, List } from '@tandem/client-sdk'
import { useLanguage, useWords } from '../words/use-words.ts'
import './collisions.css'
import { tellCollision } from './collision-words.ts'
import { useNameOf } from './names.ts'

interface Props {
  readonly list: List
  readonly conflict: Conflict
  readonly canEdit: boolean
  /** Says of what it speaks, where that does not stand beside it. */
  readonly isNamed: boolean
}

/** What happened, and the other value one press away. Nothing waits for an answer: the merge has happened. */
export function CollisionNotice({ list, conflict, canEdit, isNamed }: Props) {
  const words = useWords()
  const { tag } = useLanguage()
  const nameOf = useNameOf(list)
  const { text, take, leave } = tellCollision(conflict, { list, nameOf, words, tag })
  const isSaid = !isNamed || conflict.kind === 'edited-while-removed' || conflict.title === ''
  return (
    <div className="collision">
      <p>{isSaid ? text : words.together.on(conflict.title, text)}</p>
      <div className="row wrap">
        {canEdit && (
          // biome-ignore lint/correctness/useHookAtTopLevel: a method of the notice, and no hook
          <button type="button" onClick={() => conflict.useOther()}>
            {take}
          </button>
        )}
        <button type="button" className="quiet" onClick={() => conflict.dismiss()}>
          {leave}
        </button>
      </div>
    </div>
  )
}
