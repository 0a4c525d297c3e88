import type { List, Peer } from '@tandem/client-sdk'
import { useItem, useValue } from '@tandem/client-sdk/react'
import { type RefObject, useId } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { Avatar } from '../ui/avatar.tsx'
import { useWords } from '../words/use-words.ts'
import { ShowMeSwitch } from './show-me-switch.tsx'

interface Props {
  readonly list: List
  readonly anchor: RefObject<HTMLElement | null>
  readonly onClose: () => void
}

/** Who is here, by name, and what they look at. */
export function PeopleList({ list, anchor, onClose }: Props) {
  const words = useWords().together
  const peers = useValue(list.presence.others)
  const titleId = useId()
  return (
    <Popover
      className="popover"
      triggerRef={anchor}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      placement="bottom end"
    >
      <Dialog className="people-list" aria-labelledby={titleId}>
        <h2 id={titleId} className="people-list-title">
          {words.hereTitle}
        </h2>
        {peers.length === 0 && <p className="muted">{words.hereOnly}</p>}
        <ul>
          {peers.map((peer) => (
            <Person key={peer.userId} list={list} peer={peer} />
          ))}
        </ul>
        <ShowMeSwitch />
      </Dialog>
    </Popover>
  )
}

function Person({ list, peer }: { list: List; peer: Peer }) {
  const words = useWords().together
  const item = useItem(list, peer.editing ?? peer.viewing ?? '')
  const title = item?.deleted === null ? item.title : null
  const doing =
    title === null ? words.isHere : words[peer.editing === null ? 'isViewing' : 'isEditing'](title)
  return (
    <li className="row">
      <Avatar userId={peer.userId} name={peer.name} isIdle={peer.idle} />
      <span className="people-who">
        <bdi>{peer.name}</bdi>
        <span className="muted people-doing">{peer.idle ? words.isIdle : doing}</span>
      </span>
    </li>
  )
}
