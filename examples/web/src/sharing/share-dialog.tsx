import type { List } from '@tandem/client-sdk'
import { useCan, useValue } from '@tandem/client-sdk/react'
import { useEffect, useRef } from 'react'
import { Invite } from './invite.tsx'
import { ShareLinks } from './links.tsx'
import { MemberList } from './member-list.tsx'
import { OwnAccess } from './own-access.tsx'

/** Who has this list, and everything that can be done about it. */
export function ShareDialog({ list, onClose }: { list: List; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const { title } = useValue(list.info)
  const can = useCan(list)

  // Modal, so that the browser keeps focus inside, closes on Escape, and gives focus back.
  useEffect(() => {
    const element = dialog.current
    if (element?.open === false) element.showModal()
  }, [])

  return (
    <dialog ref={dialog} className="sheet" aria-labelledby="share-title" onClose={onClose}>
      <header className="bar">
        <h2 id="share-title">
          {can.share ? 'Share' : 'People of'} “{title}”
        </h2>
        <button type="button" className="icon" aria-label="Close" onClick={() => dialog.current?.close()}>
          ✕
        </button>
      </header>
      <MemberList list={list} />
      {can.share && <Invite list={list} />}
      {can.share && <ShareLinks list={list} />}
      <OwnAccess list={list} onGone={() => dialog.current?.close()} />
    </dialog>
  )
}
