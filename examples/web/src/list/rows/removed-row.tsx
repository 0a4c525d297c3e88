import type { Item } from '@tandem/client-sdk'
import { useCan } from '@tandem/client-sdk/react'
import { useEffect, useRef } from 'react'
import { useNameOf } from '../../together/names.ts'
import { announce } from '../../ui/announce.ts'
import { useStore } from '../../ui/store.ts'
import { useWords } from '../../words/use-words.ts'
import { focusRow, useBoard } from '../board/board.ts'

interface Props {
  readonly id: string
  /** Undefined: it is not even in the trash any more. */
  readonly item: Item | undefined
  readonly isEditing: boolean
}

/** A row that somebody deleted while this person was busy with it or beside it: it stays where it was, and says so. */
export function RemovedRow({ id, item, isEditing }: Props) {
  const words = useWords().list
  const board = useBoard()
  const can = useCan(board.list)
  const draft = useStore(board.draft, (one) => (one?.id === id ? one : null))
  if (!isEditing || draft === null)
    return (
      <p className="removed">
        <s dir="auto">{item?.title}</s> <span className="muted">{words.removed}</span>
      </p>
    )

  const typed = draft.text.trim()
  function restore(): void {
    const { items } = board.list
    const { value } = board.list.transact(words.restore, () => {
      const title = typed === '' ? (draft?.before ?? '') : typed
      if (item === undefined) return items.add(title).value
      items.restore(id)
      items.update(id, { title })
      return id
    })
    board.draft.set(null)
    focusRow(board, value)
  }

  return (
    <section className="removed-edit" aria-label={words.removedUnderEdit}>
      <RemovedBy item={item} />
      {typed !== '' && (
        <p>
          {words.youHadTyped} <q dir="auto">{draft.text}</q>
        </p>
      )}
      <div className="row wrap">
        {can.edit && (
          <RestoreButton
            words={item === undefined ? words.addAgain : words.restoreWithText}
            onPress={restore}
          />
        )}
        <button type="button" className="quiet" onClick={() => board.draft.set(null)}>
          {words.leaveDeleted}
        </button>
      </div>
    </section>
  )
}

function RemovedBy({ item }: { item: Item | undefined }) {
  const words = useWords().list
  const { list } = useBoard()
  const nameOf = useNameOf(list)
  const text = words.removedBy(item?.deleted == null ? null : nameOf(item.deleted.by), item?.title ?? '')
  useEffect(() => announce(text), [text])
  return <p>{text}</p>
}

/** The field that had focus is gone; focus goes to the way back and not to nowhere. */
function RestoreButton({ words, onPress }: { words: string; onPress: () => void }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const active = document.activeElement
    if (active === null || active === document.body) button.current?.focus({ preventScroll: true })
  }, [])
  return (
    <button ref={button} type="button" onClick={onPress}>
      {words}
    </button>
  )
}
