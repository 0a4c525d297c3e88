import type { ListStanding } from '@tandem/client-sdk'
import { useClient, useValue } from '@tandem/client-sdk/react'
import { follow } from '../shell/route.ts'
import { useWords } from '../words/use-words.ts'
import { download } from './download.ts'

/** What is not on the server, list by list, and the two things anybody can do about it. */
export function WhatWaits({ onLeave }: { onLeave: () => void }) {
  const client = useClient()
  const { standing, summary } = useValue(client.status)
  const words = useWords().state
  const made = new Set(useValue(client.lists).flatMap(({ id, isNew }) => (isNew ? [id] : [])))
  const waiting = Object.entries(standing).filter(
    ([id, one]) => one.pending + one.refused > 0 || made.has(id),
  )
  const isReached = summary.state === 'synced' || summary.state === 'saving'

  return (
    <section className="stack" aria-labelledby="waits-title">
      <h3 id="waits-title">{words.waits}</h3>
      {waiting.length === 0 && <p className="muted">{words.nothingWaits}</p>}
      {waiting.length > 0 && (
        <ul className="rows">
          {waiting.map(([id, one]) => {
            const { href, onClick } = follow({ page: 'list', id })
            return (
              <li key={id} className="row">
                <a
                  className="grow alone"
                  dir="auto"
                  href={href}
                  onClick={(event) => {
                    onClick(event)
                    onLeave()
                  }}
                >
                  {one.title === '' ? words.noTitle : one.title}
                </a>
                <span className="count">{countWords(one, made.has(id))}</span>
              </li>
            )
          })}
        </ul>
      )}
      <div className="row wrap">
        {!isReached && (
          <button type="button" onClick={() => client.reconnect()}>
            {words.retryNow}
          </button>
        )}
        {waiting.length > 0 && (
          <button type="button" onClick={() => download(client.exportPending(), `${words.exportName}.json`)}>
            {words.exportAll}
          </button>
        )}
      </div>
    </section>
  )

  function countWords({ pending, refused }: ListStanding, isNew: boolean): string {
    const parts = [
      isNew ? words.newList : '',
      pending > 0 ? words.waitsIn(pending) : '',
      refused > 0 ? words.refusedIn(refused) : '',
    ]
    return parts.filter((part) => part !== '').join(' · ')
  }
}
