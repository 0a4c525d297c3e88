import type { List } from '@tandem/client-sdk'
import { useEffect } from 'react'
import { announce } from '../ui/announce.ts'
import { wordsNow } from '../words/use-words.ts'

/** Who was away for less than this has not come anew: the network has. */
const COMES_ANEW_MS = 5 * 60_000
/** Whoever shows so soon after the list is connected was there before. */
const SETTLES_MS = 4_000
/** Several who come together are one sentence, and a busy list does not talk for ever. */
const GATHER_MS = 1_500
const QUIET_MS = 30_000

/** Says politely who comes while this person is here; nobody who was here before, or only lost the network for a moment. */
export function useArrivals(list: List): void {
  useEffect(() => {
    const { others } = list.presence
    const lastHere = new Map<string, number>()
    const coming = new Map<string, string>()
    let connectedAt = Number.POSITIVE_INFINITY
    let saidAt = Number.NEGATIVE_INFINITY
    let present: readonly string[] = []
    let timer = 0

    const say = (): void => {
      timer = 0
      const names = [...coming].filter(([userId]) => present.includes(userId)).map(([, name]) => name)
      coming.clear()
      if (names.length === 0) return
      saidAt = Date.now()
      announce(wordsNow().together.came(names))
    }
    const look = (): void => {
      const now = Date.now()
      const { state } = list.status.getSnapshot()
      if (state === 'synced' || state === 'saving') connectedAt = Math.min(connectedAt, now)
      // Who leaves now was here until now.
      for (const userId of present) lastHere.set(userId, now)
      const peers = others.getSnapshot()
      present = peers.map(({ userId }) => userId)
      for (const { userId, name } of peers) {
        const isNew = now - (lastHere.get(userId) ?? Number.NEGATIVE_INFINITY) > COMES_ANEW_MS
        if (isNew && now > connectedAt + SETTLES_MS) coming.set(userId, name)
        lastHere.set(userId, now)
      }
      if (coming.size > 0 && timer === 0) {
        timer = window.setTimeout(say, Math.max(GATHER_MS, saidAt + QUIET_MS - now))
      }
    }
    look()
    const stops = [others.subscribe(look), list.status.subscribe(look)]
    return () => {
      for (const stop of stops) stop()
      clearTimeout(timer)
    }
  }, [list])
}
