import type { List } from '@tandem/client-sdk'
import { useCan, useClient, useMembers, useSharing } from '@tandem/client-sdk/react'
import { go } from '../shell/route.ts'
import { useAction } from './use-action.ts'

/** What a person may settle about themselves and the whole list: name, leaving, deleting. */
export function OwnAccess({ list, onGone }: { list: List; onGone: () => void }) {
  const client = useClient()
  const can = useCan(list)
  const sharing = useSharing(list)
  const self = useMembers(list).find((member) => member.isYou)
  const { run, isBusy, problem } = useAction()

  async function end(question: string, how: () => Promise<void>): Promise<void> {
    if (!confirm(question)) return
    if (!(await run(how))) return
    onGone()
    go({ page: 'lists' })
  }

  return (
    <section className="stack" aria-label="Settings">
      {can.changeSettings && (
        <label className="row">
          <input
            type="checkbox"
            checked={sharing.editorsMayShare}
            disabled={isBusy}
            onChange={(event) => void run(() => list.sharing.setEditorsMayShare(event.target.checked))}
          />
          Whoever can edit may invite others
        </label>
      )}
      {self !== undefined && (
        <label className="row">
          <input
            type="checkbox"
            checked={self.isAnonymous}
            disabled={isBusy}
            onChange={(event) => void run(() => list.members.hide(event.target.checked))}
          />
          Hide my name from the others in this list
        </label>
      )}
      <div className="row wrap">
        {can.leave && (
          <button
            type="button"
            disabled={isBusy}
            onClick={() => void end('Leave this list?', () => client.lists.leave(list.id))}
          >
            Leave the list
          </button>
        )}
        {can.deleteList && (
          <button
            type="button"
            disabled={isBusy}
            onClick={() =>
              void end('Delete this list for everybody? It can be restored for 30 days.', () =>
                client.lists.delete(list.id),
              )
            }
          >
            Delete the list
          </button>
        )}
      </div>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
    </section>
  )
}
