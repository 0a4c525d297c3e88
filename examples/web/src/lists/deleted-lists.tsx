import type { DeletedList } from '@tandem/client-sdk'
import { useClient } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { useLanguage, useWords } from '../words/use-words.ts'
import { whyNot } from './why-not.ts'
import './smart/smart.css'

/** Lists that were deleted in the last 30 days, for those who may bring them back. Asked for when somebody looks. */
export function DeletedLists() {
  const client = useClient()
  const words = useWords().lists
  const { tag } = useLanguage()
  const [lists, setLists] = useState<readonly DeletedList[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  /** Of lists that are on their way back. */
  const [asked, setAsked] = useState<readonly string[]>([])
  const [isLooking, setLooking] = useState(false)

  async function look(): Promise<void> {
    if (isLooking) return
    setLooking(true)
    await attempt(async () => setLists(await client.lists.deleted()))
    setLooking(false)
  }

  async function restore(id: string): Promise<void> {
    if (asked.includes(id)) return
    setAsked([...asked, id])
    await attempt(async () => {
      await client.lists.restore(id)
      setLists((all) => all?.filter((one) => one.id !== id) ?? null)
    })
    setAsked((all) => all.filter((one) => one !== id))
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    setProblem(null)
    await work().catch((error: unknown) => setProblem(whyNot(error)))
  }

  return (
    <details onToggle={(event) => event.currentTarget.open && void look()}>
      <summary>{words.deletedLists}</summary>
      {problem !== null && (
        <div className="row wrap">
          <p role="alert" className="problem">
            {problem}
          </p>
          <button type="button" aria-disabled={isLooking} onClick={() => void look()}>
            {words.tryAgain}
          </button>
        </div>
      )}
      {lists?.length === 0 && <p className="muted">{words.noDeleted}</p>}
      <ul>
        {lists?.map(({ id, title, deletedAt }) => (
          <li key={id} className="light-row">
            <span className="light-open grow">
              <span className="light-title">
                <bdi>{title}</bdi>
              </span>
              {deletedAt !== null && (
                <span className="light-meta">
                  {words.deletedOn(new Date(deletedAt).toLocaleDateString(tag))}
                </span>
              )}
            </span>
            <button
              type="button"
              aria-disabled={asked.includes(id)}
              aria-label={words.restoreOf(title)}
              onClick={() => void restore(id)}
            >
              {words.restore}
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}
