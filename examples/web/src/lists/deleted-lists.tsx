import type { DeletedList } from '@tandem/client-sdk'
import { useClient } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { useAction } from '../sharing/use-action.ts'

/** Lists that were deleted in the last 30 days, for those who may bring them back. Asked for when somebody looks. */
export function DeletedLists() {
  const client = useClient()
  const [lists, setLists] = useState<readonly DeletedList[] | null>(null)
  const { run, isBusy, problem } = useAction()
  const read = async (): Promise<void> => setLists(await client.lists.deleted())

  return (
    <details onToggle={(event) => event.currentTarget.open && void run(read)}>
      <summary>Deleted lists</summary>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      {lists?.length === 0 && <p className="muted">No list was deleted in the last 30 days.</p>}
      {lists !== null && lists.length > 0 && (
        <ul className="people">
          {lists.map(({ id, title, deletedAt }) => (
            <li key={id} className="person">
              <span className="grow">
                {title}
                {deletedAt !== null && (
                  <span className="origin">deleted {new Date(deletedAt).toLocaleDateString()}</span>
                )}
              </span>
              <button
                type="button"
                disabled={isBusy}
                onClick={() => void run(() => client.lists.restore(id).then(read))}
              >
                Restore<span className="only-read"> {title}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}
