import type { Client, Id, ListInfo } from '@tandem/client-sdk'
import {
  ArrowDownUp,
  Bell,
  BellOff,
  Copy,
  Download,
  Folder,
  LogOut,
  Pin,
  PinOff,
  Trash2,
  Upload,
} from 'lucide-react'
import type { MenuAction } from '../ui/menu.tsx'
import type { Words } from '../words/words.ts'
import { askAboutList } from './dialog-store.ts'

/** What can be done with a list as a whole, for its menu wherever it is shown. */
export function listActions(client: Client, { id }: { readonly id: Id }, words: Words): MenuAction[] {
  const info = client.lists.getSnapshot().find((one) => one.id === id)
  if (info === undefined || info.ended) return []
  return [
    ...arranging(client, info, words.lists),
    ...exchanging(info, words.lists),
    ending(info, words.lists),
  ]
}

/** For this person alone. */
function arranging(client: Client, { id, mine }: ListInfo, words: Words['lists']): MenuAction[] {
  return [
    {
      id: 'pin',
      words: mine.pinned ? words.unpin : words.pin,
      icon: mine.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />,
      run: () => client.lists.mine(id, { pinned: !mine.pinned }),
    },
    {
      id: 'folder',
      words: words.folder,
      icon: <Folder aria-hidden />,
      run: () => askAboutList({ ask: 'folder', listId: id }),
    },
    {
      id: 'sort',
      words: words.sort,
      icon: <ArrowDownUp aria-hidden />,
      run: () => askAboutList({ ask: 'sort', listId: id }),
    },
    {
      id: 'mute',
      words: mine.muted ? words.unmute : words.mute,
      icon: mine.muted ? <Bell aria-hidden /> : <BellOff aria-hidden />,
      run: () => client.lists.mine(id, { muted: !mine.muted }),
    },
  ]
}

function exchanging({ id, role }: ListInfo, words: Words['lists']): MenuAction[] {
  const mayEdit = role === null || role === 'owner' || role === 'editor'
  return [
    {
      id: 'copy',
      words: words.duplicate,
      icon: <Copy aria-hidden />,
      startsGroup: true,
      run: () => askAboutList({ ask: 'copy', listId: id }),
    },
    {
      id: 'import',
      words: words.importHere,
      icon: <Upload aria-hidden />,
      isDisabled: !mayEdit,
      run: () => askAboutList({ ask: 'import', listId: id }),
    },
    {
      id: 'export',
      words: words.export,
      icon: <Download aria-hidden />,
      run: () => askAboutList({ ask: 'export', listId: id }),
    },
  ]
}

function ending({ id, role, isNew }: ListInfo, words: Words['lists']): MenuAction {
  const isOwner = role === 'owner' || isNew
  return {
    id: isOwner ? 'delete-list' : 'leave',
    words: isOwner ? words.remove : words.leave,
    icon: isOwner ? <Trash2 aria-hidden /> : <LogOut aria-hidden />,
    isDanger: true,
    startsGroup: true,
    run: () => askAboutList({ ask: isOwner ? 'delete' : 'leave', listId: id }),
  }
}
