import type { Item, List } from '@tandem/client-sdk'
import { LIMITS } from '@tandem/client-sdk/model'
import type { ReactNode } from 'react'
import { useEditing } from '../../together/use-editing.ts'
import { useWords } from '../../words/use-words.ts'
import { Theirs } from './theirs.tsx'
import { useLiveText } from './use-live-text.ts'

interface Props {
  readonly list: List
  readonly item: Item
  readonly canEdit: boolean
  readonly canTick: boolean
  readonly trailing: ReactNode
}

/** The name of the item, and whether it is done. */
export function DetailTitle({ list, item, canEdit, canTick, trailing }: Props) {
  const words = useWords()
  const title = useLiveText({
    value: item.title,
    isLocked: !canEdit,
    save: (text) => {
      const tidy = text.replace(/\s+/gu, ' ').trim()
      if (tidy.length > LIMITS.itemTitleChars) return false
      // Without a name it keeps the one it had.
      if (tidy !== '') list.items.update(item.id, { title: tidy })
      return true
    },
  })
  const over = title.text.length - LIMITS.itemTitleChars
  useEditing(list, item.id, title.isTyping)
  return (
    <div className="detail-title">
      <label className="tick">
        <input
          type="checkbox"
          aria-label={words.detail.done}
          checked={item.done}
          disabled={!canTick}
          onChange={() => list.items.toggle(item.id, !item.done)}
        />
      </label>
      <div className="grow">
        <textarea
          {...title.field}
          rows={1}
          className="live detail-name"
          dir="auto"
          aria-label={words.detail.title}
          aria-invalid={over > 0}
          data-done={item.done}
        />
        {over > 0 && (
          <p role="status" className="problem">
            {words.add.tooLong(over)}
          </p>
        )}
        <Theirs value={title.theirs} onTake={title.drop} />
      </div>
      {trailing}
    </div>
  )
}
