import type { HistoryEntry, List } from '@tandem/client-sdk'
import { useCan } from '@tandem/client-sdk/react'
import { RotateCcw } from 'lucide-react'
import { useCallback, useRef, useSyncExternalStore } from 'react'
import { Said } from '../../ui/said.tsx'
import { timeWords } from '../detail/due-words.ts'
import { clockOf } from '../detail/moments.ts'
import type { Deed } from './deeds.ts'
import { lookedAt, putBackOf } from './put-back.ts'
import { type Telling, tell } from './tell.ts'

interface Props {
  readonly list: List
  readonly entry: HistoryEntry
  readonly deed: Deed
  readonly telling: Telling
}

/** One thing that happened, and a way back to what it took away. */
export function HistoryLine({ list, entry, deed, telling }: Props) {
  const row = useRef<HTMLLIElement>(null)
  const { history, tag } = telling
  const can = useCan(list)
  const offered = useOffered(list, deed, telling)
  const putBack = can.edit && offered !== null ? putBackOf(deed, list, telling) : null
  return (
    <li ref={row} className="history-line" tabIndex={-1}>
      <p className="grow">
        <b>
          <bdi>{whoDid(entry, deed, telling)}</bdi>
        </b>
        {history.did}
        <Said>{tell(deed, telling)}</Said>{' '}
        <time className="muted small" dateTime={new Date(entry.at).toISOString()}>
          {timeWords(clockOf(entry.at).slice(11), tag)}
        </time>
      </p>
      {putBack !== null && (
        <button
          type="button"
          className="quiet"
          aria-label={putBack.words.replace(/[\u2068\u2069]/gu, '')}
          onClick={() => {
            putBack.run()
            // The button goes with the value that is there again.
            row.current?.focus()
          }}
        >
          <RotateCcw aria-hidden />
          {history.putBack}
        </button>
      )}
    </li>
  )
}

/** What is offered, by name: drawn again only when that changes. */
function useOffered(list: List, deed: Deed, telling: Telling): string | null {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const stops = lookedAt(deed, list).map((readable) => readable.subscribe(onChange))
      return () => {
        for (const stop of stops) stop()
      }
    },
    [list, deed],
  )
  return useSyncExternalStore(subscribe, () => putBackOf(deed, list, telling)?.words ?? null)
}

/** What met was done by both, and oneself comes first. */
function whoDid({ by }: HistoryEntry, deed: Deed, { nameOf, history, me, tag }: Telling): string {
  if (deed.what !== 'collided') return by === null ? history.server : nameOf(by)
  const { kept, other } = deed
  const both = other.by === me ? [other.by, kept.by] : [kept.by, other.by]
  return new Intl.ListFormat(tag).format(new Set(both.map(nameOf)))
}
