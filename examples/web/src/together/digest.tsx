import type { Away, List } from '@tandem/client-sdk'
import { History, X } from 'lucide-react'
import { type RefObject, useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import { announce } from '../ui/announce.ts'
import { useWords } from '../words/use-words.ts'
import type { Words } from '../words/words.ts'
import './digest.css'
import { digestOf } from './digest-store.ts'
import { useNameOf } from './names.ts'
import { useAllSeen } from './use-all-seen.ts'

/** What the others did while this person was away. Nothing on the first visit, and nothing of what came while they watched. */
export function Digest({ list }: { list: List }) {
  useWatch(list)
  const store = digestOf(list)
  const away = useSyncExternalStore(store.subscribe, store.shown)
  return away === null ? null : <Summary list={list} away={away} />
}

/** Whether somebody added or changed this item while this person was away. */
export function useIsNew(list: List, id: string): boolean {
  const store = digestOf(list)
  return useSyncExternalStore(
    store.subscribe,
    useCallback(() => store.shown()?.items.has(id) === true, [store, id]),
  )
}

function Summary({ list, away }: { list: List; away: Away }) {
  const words = useWords().together
  const nameOf = useNameOf(list)
  const box = useRef<HTMLElement>(null)
  const parts = partsOf(away, nameOf, words)
  const text = `${words.away}: ${parts.join('; ')}`
  useEffect(() => announce(text), [text])
  useAllSeen(
    away,
    box,
    useCallback(() => digestOf(list).close(), [list]),
  )
  return (
    <section ref={box as RefObject<HTMLElement>} className="digest" aria-label={words.away}>
      <History aria-hidden />
      <p>
        <strong>{words.away}</strong>{' '}
        {parts.map((part) => (
          <span key={part} className="digest-part">
            {part}
          </span>
        ))}
      </p>
      <button
        type="button"
        className="quiet icon"
        aria-label={words.awayClose}
        onClick={() => digestOf(list).close()}
      >
        <X aria-hidden />
      </button>
    </section>
  )
}

function partsOf(
  away: Away,
  nameOf: (userId: string) => string,
  words: Words['together'],
): readonly string[] {
  if (away.people.length === 0) return [words.awaySome(away.items.size)]
  return away.people.map((person) => words.awayPerson(nameOf(person.by), person))
}

function useWatch(list: List): void {
  useEffect(() => {
    const store = digestOf(list)
    const watch = (): void => store.watch({ isVisible: !document.hidden, now: Date.now() })
    const leave = (): void => store.leave(Date.now())
    watch()
    const stops = [list.status.subscribe(watch), list.away.subscribe(() => store.changed())]
    document.addEventListener('visibilitychange', watch)
    addEventListener('pagehide', leave)
    addEventListener('pageshow', watch)
    return () => {
      for (const stop of stops) stop()
      document.removeEventListener('visibilitychange', watch)
      removeEventListener('pagehide', leave)
      removeEventListener('pageshow', watch)
      leave()
    }
  }, [list])
}
