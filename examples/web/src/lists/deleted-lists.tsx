import type { DeletedList } from '@tandem/client-sdk'
import { ClientError } from '@tandem/client-sdk'
import { useClient } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { useLanguage, useWords } from '../words/use-words.ts'

/** Lists that were deleted in the last 30 days, for those who may bring them back. Asked for when somebody looks. */
export function DeletedLists() {
  const client = useClient()
  const words = useWords().lists
  const { tag } = useLanguage()
  const [lists, setLists] = useState<readonly DeletedList[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function attempt(work: () => Promise<void>): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      await work()
      setLists(await client.lists.deleted())
    } catch (error) {
      const isNetwork = error instanceof ClientError && error.code === 'network'
      setProblem(isNetwork ? words.needsNetwork : (error as Error).message)
    } finally {
      setBusy(false)
    }
  }
  const look = async (): Promise<void> => {}

  return (
    <details onToggle={(event) => event.currentTarget.open && void attempt(look)}>
      <summary>{words.deletedLists}</summary>
      {problem !== null && (
        <div className="row wrap">
          <p role="alert" className="problem">
            {problem}
          </p>
          <button type="button" disabled={isBusy} onClick={() => void attempt(look)}>
            {words.tryAgain}
          </button>
        </div>
      )}
      {lists?.length === 0 && <p className="muted">{words.noDeleted}</p>}
      <ul>
        {lists?.map(({ id, title, deletedAt }) => (
          <li key={id} className="light-row">
            <span className="grow">
              <bdi>{title}</bdi>
              {deletedAt !== null && (
                <span className="light-meta">
                  {words.deletedOn(new Date(deletedAt).toLocaleDateString(tag))}
                </span>
              )}
            </span>
            <button
              type="button"
              disabled={isBusy}
              aria-label={words.restoreOf(title)}
              onClick={() => void attempt(() => client.lists.restore(id))}
            >
              {words.restore}
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}
