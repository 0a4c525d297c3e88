import type { Item, List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { useNameOf } from '../../together/names.ts'
import { useLanguage, useWords } from '../../words/use-words.ts'
import { pastWords } from './due-words.ts'
import { useNow } from './use-now.ts'

/** Who added, changed and ticked it, and when. */
export function Stamps({ list, item }: { readonly list: List; readonly item: Item }) {
  const words = useWords()
  const { tag } = useLanguage()
  const nameOf = useNameOf(list)
  const me = useValue(list.me)
  const now = useNow()
  const { created, changed, completed } = item
  const who = (by: string): string | null => (by === me ? null : nameOf(by))
  const when = (at: number): string => pastWords(at, now, { words, tag })
  const isChanged = changed.at !== created.at || changed.by !== created.by
  return (
    <footer className="stamps muted">
      <p>{words.detail.created(who(created.by), when(created.at))}</p>
      {isChanged && <p>{words.detail.changed(who(changed.by), when(changed.at))}</p>}
      {completed !== null && <p>{words.detail.completed(who(completed.by), when(completed.at))}</p>}
      {item.pending && <p>{words.detail.pending}</p>}
    </footer>
  )
}
