import { useClient, useValue } from '@tandem/client-sdk/react'
import { type FormEvent, useState } from 'react'
import { follow, go } from '../shell/route.ts'
import { StatusLine } from '../state/status-line.tsx'
import { DeletedLists } from './deleted-lists.tsx'

/** The first page: all lists, and ways to make one. */
export function Overview() {
  const client = useClient()
  const lists = useValue(client.lists)
  const isReady = useValue(client.user) !== null
  const { summary } = useValue(client.status)
  const [title, setTitle] = useState('')

  function create(event: FormEvent): void {
    event.preventDefault()
    const name = title.trim()
    if (name === '' || !isReady) return
    setTitle('')
    go({ page: 'list', id: client.lists.create({ title: name }).value.id })
  }

  return (
    <main className="page">
      <header className="bar">
        <h1>Lists</h1>
        <StatusLine status={summary} />
      </header>

      <form onSubmit={create} className="row">
        <label htmlFor="new-list" className="only-read">
          Name of the new list
        </label>
        <input
          id="new-list"
          placeholder="New list"
          autoComplete="off"
          maxLength={1000}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <button type="submit" className="primary" disabled={!isReady || title.trim() === ''}>
          Create
        </button>
      </form>

      {lists.length === 0 ? (
        <p className="muted">
          {summary.state === 'loading'
            ? 'Looking for your lists…'
            : 'No lists yet. Name the first one above.'}
        </p>
      ) : (
        <ul className="links">
          {lists.map((list) => (
            <li key={list.id}>
              <a className="card" {...follow({ page: 'list', id: list.id })}>
                <span className="grow">{list.title}</span>
                {list.ended && <span className="count">no longer shared with you</span>}
                {!list.ended && list.open !== null && <span className="count">{list.open} open</span>}
              </a>
            </li>
          ))}
        </ul>
      )}

      <DeletedLists />
    </main>
  )
}
