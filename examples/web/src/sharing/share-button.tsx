import type { List } from '@tandem/client-sdk'
import { useCan, useValue } from '@tandem/client-sdk/react'
import { UserRoundPlus, Users } from 'lucide-react'
import { useState } from 'react'
import { later } from '../ui/later.tsx'
import { useWords } from '../words/use-words.ts'

const ShareDialog = later(() => import('./share-dialog.tsx').then(({ ShareDialog }) => ShareDialog))

/** Opens who has this list and what may be done about it. */
export function ShareButton({ list }: { list: List }) {
  const words = useWords().sharing
  const { title } = useValue(list.info)
  const can = useCan(list)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="share-button"
        disabled={title === ''}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {can.share ? <UserRoundPlus aria-hidden /> : <Users aria-hidden />}
        <span className="share-words">{can.share ? words.share : words.people}</span>
      </button>
      {isOpen && <ShareDialog list={list} onClose={() => setOpen(false)} />}
    </>
  )
}
