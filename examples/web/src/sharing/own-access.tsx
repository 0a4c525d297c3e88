import type { List } from '@tandem/client-sdk'
import { useCan, useClient, useMembers } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { addressNow, go, routeOf } from '../shell/route.ts'
import { Ask } from '../ui/ask.tsx'
import { Problem } from '../ui/problem.tsx'
import { useWords } from '../words/use-words.ts'
import { useAction } from './use-action.ts'
import { useChoice } from './use-choice.ts'

/** What a person may settle about themselves and the whole list: name, leaving, deleting. */
export function OwnAccess({ list, onGone }: { list: List; onGone: () => void }) {
  const words = useWords().sharing
  const client = useClient()
  const can = useCan(list)
  const self = useMembers(list).find((member) => member.isYou)
  const { run, problem } = useAction()
  const ending = useAction()
  const hiding = useChoice(self?.isAnonymous === true, (isHidden) =>
    run(() => list.members.hide(isHidden), words.hideMe),
  )
  const [asked, setAsked] = useState<'leave' | 'delete' | null>(null)

  async function end(how: () => Promise<void>, what: string): Promise<void> {
    if (!(await ending.once(how, what))) return
    onGone()
    // Whoever has gone on to another page meanwhile stays there.
    const route = routeOf(addressNow())
    if (route.page === 'list' && route.id === list.id) go({ page: 'lists' })
  }

  const ask = (what: 'leave' | 'delete'): void => {
    if (!ending.isBusy) setAsked(what)
  }

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
          <button type="button" aria-disabled={ending.isBusy} onClick={() => ask('leave')}>
            {words.leave}
          </button>
        )}
        {can.deleteList && (
          <button type="button" className="ends" aria-disabled={ending.isBusy} onClick={() => ask('delete')}>
            {words.deleteList}
          </button>
        )}
      </div>
      <Problem text={problem ?? ending.problem} />
      {asked === 'leave' && (
        <Ask
          title={words.leaveAsk}
          yes={words.leave}
          no={words.cancel}
          onYes={() => void end(() => client.lists.leave(list.id), words.leave)}
          onClose={() => setAsked(null)}
        >
          <p>{words.leaveMeans}</p>
        </Ask>
      )}
      {asked === 'delete' && (
        <Ask
          title={words.deleteAsk}
          yes={words.deleteList}
          no={words.cancel}
          onYes={() => void end(() => client.lists.delete(list.id), words.deleteList)}
          onClose={() => setAsked(null)}
        >
          <p>{words.deleteMeans}</p>
        </Ask>
      )}
    </section>
  )
}
