import type { List } from '@tandem/client-sdk'
import { useItem } from '@tandem/client-sdk/react'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { useMedia, VERY_WIDE } from '../../ui/use-media.ts'
import { useWords } from '../../words/use-words.ts'
import { DetailBody } from './detail-body.tsx'
import { DetailMenu } from './detail-menu.tsx'
import './detail.css'

interface Props {
  readonly list: List
  readonly id: string
  readonly onClose: () => void
}

/**
 * Everything about one item: beside the list where there is room, else over it as a sheet. Load it lazily, and mount it beside the page:
 * it brings its own frame.
 */
export function ItemDetail({ list, id, onClose }: Props) {
  const words = useWords()
  const item = useItem(list, id)
  const isBeside = useMedia(VERY_WIDE)
  const title = item?.title ?? ''
  const menu = item === undefined ? null : <DetailMenu list={list} item={item} onClose={onClose} />
  // Another item is another panel: what was typed for the one before is kept with it.
  const body =
    item === undefined ? (
      <p className="muted">{words.detail.missing}</p>
    ) : (
      <DetailBody key={id} list={list} item={item} trailing={isBeside ? null : menu} />
    )
  if (!isBeside) {
    return (
      <Dialog title={words.detail.label(short(title))} closeWords={words.detail.close} onClose={onClose}>
        <div className="detail" data-sheet>
          {body}
        </div>
      </Dialog>
    )
  }
  return (
    <Beside label={words.detail.label(title)}>
      <div className="detail">
        <header className="detail-bar">
          {menu}
          <button type="button" className="quiet icon" aria-label={words.detail.close} onClick={onClose}>
            <X aria-hidden />
          </button>
        </header>
        {body}
      </div>
    </Beside>
  )
}

/** It takes focus when it opens, and gives it back: who pressed "Details" with a key goes on here. */
function Beside({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    panel.current?.focus()
    return () => {
      const isInside =
        document.activeElement === document.body || panel.current?.contains(document.activeElement)
      if (isInside && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <aside ref={panel} className="beside" tabIndex={-1} aria-label={label}>
      {children}
    </aside>
  )
}

/** The whole of it stands right below. */
function short(title: string): string {
  const chars = [...title]
  return chars.length > 40 ? `${chars.slice(0, 39).join('')}…` : title
}
