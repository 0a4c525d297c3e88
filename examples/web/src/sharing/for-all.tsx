import type { List } from '@tandem/client-sdk'
import { useSharing } from '@tandem/client-sdk/react'
import { Problem } from '../ui/problem.tsx'
import { useWords } from '../words/use-words.ts'
import { useAction } from './use-action.ts'
import { useChoice } from './use-choice.ts'

/** What holds for everybody in the list. */
export function ForAll({ list }: { list: List }) {
  const words = useWords().sharing
  const { editorsMayShare } = useSharing(list)
  const { run, problem } = useAction()
  const sharing = useChoice(editorsMayShare, (may) =>
    run(() => list.sharing.setEditorsMayShare(may), words.editorsMayShare),
  )
  return (
    <section className="stack" aria-labelledby="for-all-title">
      <h3 id="for-all-title">{words.forAll}</h3>
      <label>
        <input
          type="checkbox"
          checked={sharing.value}
          aria-busy={sharing.isAsked}
          onChange={(event) => sharing.choose(event.target.checked)}
        />
        {words.editorsMayShare}
      </label>
      <Problem text={problem} />
    </section>
  )
}
