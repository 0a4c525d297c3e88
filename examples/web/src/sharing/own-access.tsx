import type { List } from '@tandem/client-sdk'
import { useCan, useMembers } from '@tandem/client-sdk/react'
import { askAboutList } from '../lists/dialog-store.ts'
import { Problem } from '../ui/problem.tsx'
import { useWords } from '../words/use-words.ts'
import { useAction } from './use-action.ts'
import { useChoice } from './use-choice.ts'

/** What a person may settle about themselves and the whole list: name, leaving, deleting. */
export function OwnAccess({ list }: { list: List }) {
  const words = useWords().sharing
  const can = useCan(list)
  const self = useMembers(list).find((member) => member.isYou)
  const { run, problem } = useAction()
  const hiding = useChoice(self?.isAnonymous === true, (isHidden) =>
    run(() => list.members.hide(isHidden), words.hideMe),
  )
  const ask = (what: 'leave' | 'delete'): void => askAboutList({ ask: what, listId: list.id })

  return (
    <section className="stack" aria-labelledby="yourself-title">
      <h3 id="yourself-title">{words.yourself}</h3>
      {self !== undefined && (
        <div>
          <label>
            <input
              type="checkbox"
              aria-describedby="hide-me-means"
              checked={hiding.value}
              aria-busy={hiding.isAsked}
              onChange={(event) => hiding.choose(event.target.checked)}
            />
            {words.hideMe}
          </label>
          <p id="hide-me-means" className="muted small indented">
            {words.hideMeMeans}
          </p>
        </div>
      )}
      {self?.role === 'owner' && <p className="muted small">{words.ownerStays}</p>}
      <div className="row wrap">
        {can.leave && (
          <button type="button" onClick={() => ask('leave')}>
            {words.leave}
          </button>
        )}
        {can.deleteList && (
          <button type="button" className="ends" onClick={() => ask('delete')}>
            {words.deleteList}
          </button>
        )}
      </div>
      <Problem text={problem} />
    </section>
  )
}
