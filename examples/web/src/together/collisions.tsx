import type { Conflict, Item, List } from '@tandem/client-sdk'
import { useItem, useValue } from '@tandem/client-sdk/react'
import { useEffect, useState } from 'react'
import { announce } from '../ui/announce.ts'
import { later } from '../ui/later.tsx'
import { useLanguage, useWords } from '../words/use-words.ts'
import { useNameOf } from './names.ts'

/** More at once are a wall in front of the list. */
const MOST = 3

const Notice = later(async () => (await import('./collision-notice.tsx')).CollisionNotice, { isExtra: true })

/** Where two people met on what has no row here: what one deleted while the other changed it, sections, labels, the list itself. */
export function Collisions({ list, canEdit }: { list: List; canEdit: boolean }) {
  const words = useWords().together
  const conflicts = useValue(list.conflicts)
  const [isOpen, setOpen] = useState(false)
  useAnnounced(list)
  const all = conflicts.filter((one) => one.about !== 'item' || one.kind === 'edited-while-removed')
  if (all.length === 0) return null
  const shown = isOpen ? all : all.slice(-MOST)
  return (
    <section className="collisions" aria-label={words.collisions}>
      {shown.map((one) => (
        <OfNoRow key={one.id} list={list} conflict={one} canEdit={canEdit} />
      ))}
      {all.length > shown.length && (
        <button type="button" className="quiet" onClick={() => setOpen(true)}>
          {words.moreCollisions(all.length - shown.length)}
        </button>
      )}
    </section>
  )
}

function OfNoRow({ list, conflict, canEdit }: { list: List; conflict: Conflict; canEdit: boolean }) {
  const item = useItem(list, conflict.about === 'item' ? (conflict.itemId ?? '') : '')
  const isOver = conflict.kind === 'edited-while-removed' && isLive(item)
  // Somebody has restored it: there is nothing left to ask.
  useEffect(() => {
    if (isOver) conflict.dismiss()
  }, [isOver, conflict])
  return isOver ? null : <Notice list={list} conflict={conflict} canEdit={canEdit} isNamed />
}

function isLive(item: Item | undefined): boolean {
  return item?.deleted === null
}

/** Each one once, as it comes. */
function useAnnounced(list: List): void {
  const words = useWords()
  const { tag } = useLanguage()
  const nameOf = useNameOf(list)
  useEffect(
    () =>
      list.onConflict((conflict) => {
        void import('./collision-words.ts').then(
          ({ tellCollision }) => {
            const { text } = tellCollision(conflict, { list, nameOf, words, tag })
            const isSaid = conflict.kind === 'edited-while-removed' || conflict.title === ''
            announce(isSaid ? text : words.together.on(conflict.title, text))
          },
          // Without a network and not yet stored: the notice is on the screen all the same.
          () => undefined,
        )
      }),
    [list, nameOf, words, tag],
  )
}
