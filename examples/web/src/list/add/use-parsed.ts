import type { List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { useEffect, useMemo, useState } from 'react'
import { useLanguage } from '../../words/use-words.ts'
import { usePeople } from '../pick/people-of.ts'
import { parse } from './parse.ts'
import type { DateFinder, ParseContext, Parsed } from './parse-types.ts'
import type { AddDraft } from './use-draft.ts'

/** What the draft means, and what it was read with. */
export function useParsed(
  list: List,
  draft: AddDraft,
): { readonly parsed: Parsed; readonly context: ParseContext } {
  const labels = useValue(list.labels)
  const sections = useValue(list.sections)
  const people = usePeople(list, draft.text !== '')
  const { tag } = useLanguage()
  const findDates = useDateFinder(draft.text !== '')
  return useMemo(() => {
    const context: ParseContext = {
      people,
      labels,
      sections,
      language: tag,
      isDayFirst: IS_DAY_FIRST,
      now: new Date(),
      findDates,
      plain: new Set(draft.plain),
    }
    return { parsed: parse(draft.text, context), context }
  }, [draft, people, labels, sections, tag, findDates])
}

/** By the browser's region, whatever language the app speaks. */
const IS_DAY_FIRST = isDayFirst(navigator.language)

function isDayFirst(tag: string): boolean {
  // Some browsers hand on a tag of their system that Intl does not take, as `en-US@posix`.
  const parts = new Intl.DateTimeFormat(tag.split('@')[0]).formatToParts(0).map(({ type }) => type)
  return parts.indexOf('day') < parts.indexOf('month')
}

/** Fetched with the first letter; without it, what needs no library is understood. */
function useDateFinder(isWanted: boolean): DateFinder | null {
  const { tag } = useLanguage()
  const [loaded, setLoaded] = useState<{ readonly tag: string; readonly find: DateFinder | null } | null>(
    null,
  )
  const isMissing = isWanted && loaded?.tag !== tag
  useEffect(() => {
    if (!isMissing) return
    let isOver = false
    import('./chrono-dates.ts').then(
      ({ chronoDates }) => isOver || setLoaded({ tag, find: chronoDates(tag) }),
      // Without a network before the first visit was over: asked for again with the next word.
      () => undefined,
    )
    return () => {
      isOver = true
    }
  }, [isMissing, tag])
  return loaded?.tag === tag ? loaded.find : null
}
