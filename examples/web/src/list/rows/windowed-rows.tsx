import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import { Fragment, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useStore } from '../../ui/store.ts'
import { useBoard } from '../board/board.ts'
import type { Entry } from '../board/entries.ts'
import type { Progress } from '../order/outline.ts'
import { Line } from './row-list.tsx'

interface Props {
  readonly entries: readonly Entry[]
  readonly progress: ReadonlyMap<string, Progress>
  readonly list: RefObject<HTMLUListElement | null>
}

/** Height of a row with a title of one line. The real one is measured. */
const ROW_PX = 44
/** Rows above and below the window, so that a quick flick meets no blank. */
const OVERSCAN = 15

/** Only the lines around what is seen are in the page, and those somebody is busy with. */
export function WindowedRows({ entries, progress, list }: Props) {
  const board = useBoard()
  const cursor = useStore(board.cursor, (id) => id)
  const drafted = useStore(board.draft, (draft) => draft?.id ?? null)
  const dragged = useStore(board.dragging, (id) => id)
  const [top, setTop] = useState(0)
  const at = useMemo(() => new Map(entries.map(({ key }, index) => [key, index])), [entries])
  const held = [cursor, drafted, dragged].flatMap((id) => (id === null ? [] : (at.get(id) ?? [])))

  const virtualizer = useWindowVirtualizer({
    count: entries.length,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: top,
    getItemKey: (index) => entries[index]?.key ?? index,
    rangeExtractor: (range) => {
      const window = defaultRangeExtractor(range)
      return [...new Set([...held, ...window])].sort((a, b) => a - b)
    },
  })
  const lines = virtualizer.getVirtualItems()

  useLayoutEffect(() => {
    const element = list.current
    if (element !== null) setTop(Math.round(element.getBoundingClientRect().top + scrollY))
  })
  useMeasured(list, (key, height) => {
    const index = at.get(key)
    if (index !== undefined) virtualizer.resizeItem(index, height)
  })
  useAnchor({
    entries,
    top,
    startOf: (key) => virtualizer.measurementsCache[at.get(key) ?? -1]?.start ?? null,
    firstShown: () => lines.find((line) => line.end > scrollY)?.index ?? null,
  })
  useEffect(() => {
    board.reveal.set((id) => {
      const index = at.get(id)
      if (index !== undefined) virtualizer.scrollToIndex(index, { align: 'auto' })
    })
    return () => board.reveal.set(null)
  }, [board, virtualizer, at])

  let end = top
  return (
    <>
      {lines.map((line) => {
        const entry = entries[line.index]
        if (entry === undefined) return null
        const gap = line.start - end
        end = line.end
        return (
          <Fragment key={line.key}>
            {gap > 0 && <li aria-hidden style={{ height: gap }} />}
            <Line entry={entry} progress={progress} />
          </Fragment>
        )
      })}
      <li aria-hidden style={{ height: Math.max(0, top + virtualizer.getTotalSize() - end) }} />
    </>
  )
}

/** Tells the height of every line that is in the page, now and whenever it changes. */
function useMeasured(list: RefObject<HTMLUListElement | null>, tell: (key: string, height: number) => void) {
  const latest = useRef(tell)
  const known = useRef(new Set<Element>())
  const observer = useRef<ResizeObserver | null>(null)
  useLayoutEffect(() => {
    latest.current = tell
    observer.current ??= new ResizeObserver((changes) => {
      for (const { target } of changes) tellOf(target, latest.current)
    })
    const here = new Set(list.current?.querySelectorAll(':scope > [data-key]'))
    for (const element of known.current) if (!here.has(element)) observer.current.unobserve(element)
    for (const element of here) {
      if (known.current.has(element)) continue
      observer.current.observe(element)
      tellOf(element, tell)
    }
    known.current = here
  })
  useEffect(() => () => observer.current?.disconnect(), [])
}

function tellOf(element: Element, tell: (key: string, height: number) => void): void {
  const key = element instanceof HTMLElement ? element.dataset['key'] : undefined
  if (key !== undefined && element.isConnected) tell(key, element.getBoundingClientRect().height)
}

interface Anchored {
  readonly entries: readonly Entry[]
  readonly top: number
  startOf(key: string): number | null
  firstShown(): number | null
}

interface Shown {
  readonly entries: readonly Entry[]
  readonly top: number
  readonly keys: readonly { readonly key: string; readonly start: number }[]
}

/** What comes and goes above the window does not move what is in it. The browser's own way does not see rows that are not in the page. */
function useAnchor({ entries, top, startOf, firstShown }: Anchored) {
  const shown = useRef<Shown | null>(null)
  useLayoutEffect(() => {
    const before = shown.current
    const isOther = before !== null && (before.entries !== entries || before.top !== top)
    if (before !== null && isOther && scrollY > top) {
      for (const { key, start } of before.keys) {
        const now = startOf(key)
        if (now === null) continue
        if (Math.abs(now - start) >= 1) scrollBy(0, now - start)
        break
      }
    }
    const first = firstShown() ?? 0
    const keys = entries.slice(first, first + 10).flatMap(({ key }) => {
      const start = startOf(key)
      return start === null ? [] : [{ key, start }]
    })
    shown.current = { entries, top, keys }
  })
  useEffect(() => {
    const { style } = document.documentElement
    style.setProperty('overflow-anchor', 'none')
    return () => void style.removeProperty('overflow-anchor')
  }, [])
}
