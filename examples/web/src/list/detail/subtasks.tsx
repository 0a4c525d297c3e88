import type { Item, List } from '@tandem/client-sdk'
import { LIMITS } from '@tandem/client-sdk/model'
import { useItem, useItemIds } from '@tandem/client-sdk/react'
import { Trash2 } from 'lucide-react'
import type { FormEvent } from 'react'
import { go } from '../../shell/route.ts'
import { toast } from '../../ui/toast-store.ts'
import { useKeptText } from '../../ui/use-kept-text.ts'
import { useWords } from '../../words/use-words.ts'
import { Theirs } from './theirs.tsx'
import { useLiveText } from './use-live-text.ts'

interface Props {
  readonly list: List
  readonly item: Item
  readonly canEdit: boolean
  readonly canTick: boolean
}

/** One level of smaller steps. A subtask says which item it is part of instead. */
export function Subtasks({ list, item, canEdit, canTick }: Props) {
  const words = useWords().detail
  const ids = useItemIds(list, { parent: item.id })
  const [title, setTitle] = useKeptText(`tandem:subtask:${item.id}`)
  const parent = useItem(list, item.parent ?? '')
  if (item.parent !== null) {
    const up = item.parent
    return (
      <p className="part-of">
        {words.partOf}{' '}
        <button
          type="button"
          className="link"
          dir="auto"
          onClick={() => go({ page: 'list', id: list.id, item: up })}
        >
          {parent?.title}
        </button>
      </p>
    )
  }
  if (ids.length === 0 && !canEdit) return null

  function add(event: FormEvent): void {
    event.preventDefault()
    const tidy = title.trim()
    if (tidy === '' || list.items.add({ title: tidy, place: { at: 'end', parent: item.id } }).value === '')
      return
    setTitle('')
  }

  return (
    <section className="detail-part" aria-label={words.subtasks}>
      <h3>{words.subtasks}</h3>
      <ul>
        {ids.map((id) => (
          <Subtask key={id} list={list} id={id} canEdit={canEdit} canTick={canTick} />
        ))}
      </ul>
      {(canEdit || title !== '') && (
        <form onSubmit={add}>
          <input
            className="live"
            dir="auto"
            aria-label={words.addSubtask}
            placeholder={words.addSubtask}
            autoComplete="off"
            enterKeyHint="done"
            maxLength={LIMITS.itemTitleChars}
            readOnly={!canEdit}
            value={title}
            onChange={({ target }) => setTitle(target.value)}
          />
        </form>
      )}
    </section>
  )
}

function Subtask({ list, id, canEdit, canTick }: Omit<Props, 'item'> & { readonly id: string }) {
  const words = useWords().detail
  const item = useItem(list, id)
  const title = useLiveText({
    value: item?.title ?? '',
    isLocked: !canEdit,
    save: (text) => {
      const tidy = text.trim()
      if (tidy !== '') list.items.update(id, { title: tidy.slice(0, LIMITS.itemTitleChars) })
      return true
    },
  })
  if (item === undefined) return null
  return (
    <li className="subtask">
      <label className="tick">
        <input
          type="checkbox"
          aria-label={item.title}
          checked={item.done}
          disabled={!canTick}
          onChange={() => list.items.toggle(id, !item.done)}
        />
      </label>
      <div className="grow">
        <input
          {...title.field}
          className="live"
          dir="auto"
          data-done={item.done}
          aria-label={words.subtaskTitle(item.title)}
        />
        <Theirs value={title.theirs} onTake={title.drop} />
      </div>
      {canEdit && (
        <button
          type="button"
          className="quiet icon"
          aria-label={words.removeSubtask(item.title)}
          onClick={() => {
            list.items.remove(id)
            toast(words.removed(item.title), { words: words.undone, run: () => void list.items.restore(id) })
          }}
        >
          <Trash2 aria-hidden />
        </button>
      )}
    </li>
  )
}
