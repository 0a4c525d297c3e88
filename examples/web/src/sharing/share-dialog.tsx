import type { List } from '@tandem/client-sdk'
import { useCan, useStatus, useValue } from '@tandem/client-sdk/react'
import { Dialog } from '../ui/dialog.tsx'
import { useWords } from '../words/use-words.ts'
import { ForAll } from './for-all.tsx'
import { Invite } from './invite.tsx'
import { ShareLinks } from './links.tsx'
import { MemberList } from './member-list.tsx'
import { OwnAccess } from './own-access.tsx'
import './people.css'

/** Who has this list, and everything that can be done about it: people first, then links, then oneself. */
export function ShareDialog({ list, onClose }: { list: List; onClose: () => void }) {
  const words = useWords()
  const { title, isNew } = useValue(list.info)
  const status = useStatus(list)
  const can = useCan(list)
  const title_ = can.share ? words.sharing.shareTitle(title) : words.sharing.peopleTitle(title)

  return (
    <Dialog title={title_} closeWords={words.shell.close} onClose={onClose}>
      {isNew && <p className="notice">{words.sharing.notYetThere}</p>}
      {!isNew && status.state === 'offline' && <p className="notice">{words.sharing.offline}</p>}
      <MemberList list={list} />
      {can.share && !isNew && <Invite list={list} />}
      {can.share && !isNew && <ShareLinks list={list} />}
      {can.changeSettings && !isNew && <ForAll list={list} />}
      {!isNew && <OwnAccess list={list} />}
    </Dialog>
  )
}
