import type { Away, List, Status } from '@tandem/client-sdk'
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AWAY_MS, DigestStore } from '../../../examples/web/src/together/digest-store.ts'
import {
  changeBetween,
  changesAfter,
  type TextChange,
} from '../../../examples/web/src/together/text-change.ts'
import { linksIn } from '../../../examples/web/src/together/text-links.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Letters of one, two and several units. */
const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', 'é', '😀', 'ﷺ'), maxLength: 12 })

const HALF = /\p{Surrogate}/u

function applied(before: string, change: TextChange | null): string {
  if (change === null) return before
  const { at, removed, inserted } = change
  return before.slice(0, at) + inserted + before.slice(at + removed)
}

it('[APP-43] what was typed is found as one stretch, where the caret says, and never cuts a character in two', () => {
  fc.assert(
    fc.property(text, text, fc.nat(12), (before, after, caret) => {
      const change = changeBetween(before, after, Math.min(caret, after.length))
      expect(applied(before, change)).toBe(after)
      expect(change === null).toBe(before === after)
      expect(change?.inserted ?? '').not.toMatch(HALF)
      expect(before.slice(0, change?.at ?? 0)).not.toMatch(HALF)
    }),
  )
  expect(changeBetween('aa', 'aaa', 1)).toEqual({ at: 0, removed: 0, inserted: 'a' })
  expect(changeBetween('aa', 'aaa', 3)).toEqual({ at: 2, removed: 0, inserted: 'a' })
  expect(changeBetween('one two', 'one too', 3)).toEqual({ at: 5, removed: 1, inserted: 'o' })
  expect(changeBetween('one two', 'One two', 7)).toEqual({ at: 0, removed: 1, inserted: 'O' })
  expect(changeBetween('😀', '😁')).toEqual({ at: 0, removed: 2, inserted: '😁' })
})

it('[APP-43] what waited for an input method and what was composed meanwhile are both in the text afterwards', () => {
  fc.assert(
    fc.property(text, fc.nat(12), fc.nat(12), (before, mineAt, theirsAt) => {
      const letters = [...before]
      const typed = (at: number, what: string) => letters.toSpliced(at, 0, what).join('')
      const [mine, theirs] = [typed(mineAt, 'MINE'), typed(theirsAt, 'THEIRS')]
      const [mineIs, theirsIs] = [changeBetween(before, mine), changeBetween(before, theirs)]
      if (mineIs === null || theirsIs === null) throw new Error('Nothing was typed.')
      const both = changesAfter(mineIs, [theirsIs]).reduce(applied, theirs)
      expect(both.replace('MINE', '')).toBe(theirs)
      expect(both.replace('THEIRS', '')).toBe(mine)
    }),
  )
  const removed = changeBetween('one two three', 'one three')
  const replaced = changeBetween('one two three', 'one 2 three')
  if (removed === null || replaced === null) throw new Error('Nothing was typed.')
  expect(changesAfter(replaced, [removed]).reduce(applied, 'one three')).toBe('one2 three')
})

it('[APP-44][Z-07] only addresses that cannot run in the page are links', () => {
  const shown = (notes: string) => linksIn(notes).map(({ href }) => href)
  expect(shown('See https://example.com/a_(b), http://x.org. Or mailto:bo@example.com!')).toEqual([
    'https://example.com/a_(b',
    'http://x.org',
    'mailto:bo@example.com',
  ])
  const hostile =
    'javascript:alert(1) data:text/html,x vbscript:x jAvaScript://https://x.org/%0aalert(1) https:// http://[ file:///etc'
  expect(shown(hostile)).toEqual(['https://x.org/%0aalert(1'])
  expect(shown('https://x.org '.repeat(1_000))).toHaveLength(1)
})

/** A list in the test's hand: how it is connected, and what is new. */
function handList() {
  let status: Status['state'] = 'offline'
  let away: Away | null = null
  const seen = vi.fn(() => {
    away = null
  })
  const list = {
    status: { getSnapshot: () => ({ state: status }) },
    away: { getSnapshot: () => away },
    seen,
  } as unknown as List
  const store = new DigestStore(list)
  return {
    store,
    seen,
    be: (state: Status['state'], now: number, isVisible = true) => {
      status = state
      store.watch({ isVisible, now })
    },
    bring: (...ids: string[]) => {
      const people = [{ by: 'bo', added: ids.length, ticked: 0, changed: 0, removed: 0 }]
      away = { people, items: new Set([...(away?.items ?? []), ...ids]) }
      store.changed()
    },
    shown: () => [...(store.shown()?.items ?? [])],
  }
}

it('[APP-46] news that arrives while the list is still catching up is told and not taken for seen, however slow the line', () => {
  const { store, be, bring, shown, seen } = handList()
  be('loading', 0)
  be('offline', 100)
  vi.advanceTimersByTime(10_000)
  seen.mockClear()
  bring('eggs')
  vi.advanceTimersByTime(10_000)
  expect(seen).not.toHaveBeenCalled()
  be('synced', 20_100)
  bring('flour')
  expect(shown()).toEqual(['eggs', 'flour'])
  vi.advanceTimersByTime(2_500)
  expect(seen).toHaveBeenCalledTimes(1)
  // From now on it is seen as it comes.
  bring('salt')
  vi.advanceTimersByTime(1_000)
  expect(seen).toHaveBeenCalledTimes(2)
  expect(shown()).toEqual(['eggs', 'flour'])
  store.close()
  expect(shown()).toEqual([])
})

it('[APP-46] a tunnel or a glance at another tab is no absence; hours are, and add to what is not closed yet', () => {
  const { be, bring, shown } = handList()
  be('synced', 0)
  vi.advanceTimersByTime(2_500)
  be('offline', 10_000)
  bring('eggs')
  be('synced', 20_000)
  expect(shown()).toEqual([])
  vi.advanceTimersByTime(2_500)
  be('synced', 30_000, false)
  bring('salt')
  be('synced', 40_000)
  expect(shown()).toEqual([])
  vi.advanceTimersByTime(2_500)

  be('synced', 50_000, false)
  bring('flour')
  be('synced', 50_001 + AWAY_MS)
  expect(shown()).toEqual(['flour'])
  vi.advanceTimersByTime(2_500)
  be('offline', 60_000 + AWAY_MS)
  bring('sugar')
  be('synced', 70_000 + 2 * AWAY_MS)
  expect(shown()).toEqual(['flour', 'sugar'])
})
