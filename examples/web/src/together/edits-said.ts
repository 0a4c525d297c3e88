import type { ItemEvent, List } from '@tandem/client-sdk'
import { useEffect } from 'react'
import { announce } from '../ui/announce.ts'
import { wordsNow } from '../words/use-words.ts'

/** What comes in one breath is one sentence, and a busy list does not talk for ever. */
const GATHER_MS = 1_500
const QUIET_MS = 5_000

/** Says politely what others change in the list, for who does not see it. What they did before the list was connected is in the digest. */
export function useEditsSaid(list: List): void {
  useEffect(() => {
    const waiting = new Map<string, ItemEvent['type']>()
    let saidAt = Number.NEGATIVE_INFINITY
    let timer = 0

    const say = (): void => {
      timer = 0
      saidAt = Date.now()
      const text = sentenceOf(list, [...waiting])
      waiting.clear()
      announce(text)
    }
    const stop = list.items.onEvent(({ type, id, by }) => {
      const { state } = list.status.getSnapshot()
      if (by === 'here' || (state !== 'synced' && state !== 'saving')) return
      const isStillNew = waiting.get(id) === 'added' && type === 'updated'
      waiting.set(id, isStillNew ? 'added' : type)
      timer ||= window.setTimeout(say, Math.max(GATHER_MS, saidAt + QUIET_MS - Date.now()))
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [list])
}

function sentenceOf(list: List, edits: readonly (readonly [id: string, type: ItemEvent['type']])[]): string {
  const words = wordsNow().together
  const [first] = edits
  if (first === undefined || edits.length > 1) return words.awaySome(edits.length)
  const [id, type] = first
  return words.itemSaid[type](list.items.item(id).getSnapshot()?.title ?? '…')
}
