import type { Item, List } from '@tandem/client-sdk'
import { useDeferredValue, useMemo } from 'react'
import { go } from '../../shell/route.ts'
import { announce } from '../../ui/announce.ts'
import { useLanguage, useWords } from '../../words/use-words.ts'
import { onDayWords } from '../detail/due-words.ts'
import { clockOf } from '../detail/moments.ts'
import { inputFrom } from './add-parsed.ts'
import { ask } from './asks.ts'
import type { Parsed } from './parse-types.ts'

interface Props {
  readonly list: List
  readonly parsed: Parsed
  /** It has been put back: there is nothing to add any more. */
  readonly onDone: () => void
}

/** Says that it is there already. It never stands in the way: two of the same are the person's own business. */
export function DuplicateHint({ list, parsed, onDone }: Props) {
  const words = useWords().add
  const speech = { words: useWords(), tag: useLanguage().tag }
  const title = useDeferredValue(parsed.title)
  const known = useMemo(() => sameAs(list, title), [list, title])
  if (known === null) return null
  if (!known.done) {
    const show = (): void => {
      if (!ask(list.id, { what: 'show', item: known.id })) go({ page: 'list', id: list.id, item: known.id })
    }
    return (
      <p className="add-hint">
        <span>{words.isThere(known.title)}</span>
        <button type="button" className="link" onClick={show}>
          {words.show}
        </button>
      </p>
    )
  }
  const putBack = (): void => {
    list.transact(words.undoPutBack, () => {
      const tokens = parsed.parts.flatMap(({ token }) => token ?? [])
      const { labels = [], assignees = [], place, ...fields } = inputFrom(list, tokens, new Date())
      list.items.toggle(known.id, false)
      list.items.update(known.id, fields)
      if (labels.length > 0) list.items.label(known.id, { add: labels })
      if (assignees.length > 0) list.items.assign(known.id, { add: assignees })
      if (place !== undefined) list.items.move(known.id, place)
    })
    announce(words.didPutBack(known.title))
    onDone()
  }
  const day = onDayWords(known.completed?.at ?? Date.now(), clockOf(Date.now()), speech)
  return (
    <p className="add-hint">
      <span>{words.wasTicked(known.title, day)}</span>
      <button type="button" className="link" onClick={putBack}>
        {words.putBack}
      </button>
    </p>
  )
}

/** An open one before a ticked one, of these the latest. */
function sameAs(list: List, title: string): Item | null {
  if (title.length < 2) return null
  const [open] = list.items.similar(title)
  if (open !== undefined) return open
  const ticked = [...list.items.similar(title, { done: true })]
  ticked.sort((a, b) => (b.completed?.at ?? 0) - (a.completed?.at ?? 0))
  return ticked[0] ?? null
}
