import type { Item, List } from '@tandem/client-sdk'
import { useCan, useClient, useValue } from '@tandem/client-sdk/react'
import { ArrowRightLeft, Ellipsis, History, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { type MenuAction, MenuButton } from '../../ui/menu.tsx'
import { Picker } from '../../ui/picker.tsx'
import { toast } from '../../ui/toast-store.ts'
import { useWords } from '../../words/use-words.ts'
import { useBoard } from '../board/board.ts'

interface Props {
  readonly list: List
  readonly item: Item
  readonly onClose: () => void
}

/** What is done to the item as a whole. */
export function DetailMenu({ list, item, onClose }: Props) {
  const words = useWords().detail
  const { asking } = useBoard()
  const can = useCan(list)
  const mayChange = can.edit && item.deleted === null
  const [isMoving, setMoving] = useState(false)
  const place = useRef<HTMLSpanElement>(null)

  function remove(): void {
    list.items.remove(item.id)
    toast(words.removed(item.title), { words: words.undone, run: () => void list.items.restore(item.id) })
    onClose()
  }

  const changing: readonly MenuAction[] = [
    {
      id: 'move',
      words: words.moveToList,
      icon: <ArrowRightLeft aria-hidden />,
      run: () => setMoving(true),
    },
    {
      id: 'remove',
      words: words.remove,
      icon: <Trash2 aria-hidden />,
      isDanger: true,
      startsGroup: true,
      run: remove,
    },
  ]
  const reading: MenuAction = {
    id: 'history',
    words: words.history,
    icon: <History aria-hidden />,
    run: () => asking.set({ what: 'history', ids: [item.id] }),
  }

  return (
    <span ref={place}>
      <MenuButton
        label={words.more}
        icon={<Ellipsis aria-hidden />}
        actions={() => (mayChange ? [reading, ...changing] : [reading])}
      />
      {isMoving && (
        <ListPicker
          list={list}
          item={item}
          anchor={place}
          onMoved={onClose}
          onClose={() => setMoving(false)}
        />
      )}
    </span>
  )
}

interface PickerProps {
  readonly list: List
  readonly item: Item
  readonly anchor: { readonly current: HTMLElement | null }
  readonly onMoved: () => void
  readonly onClose: () => void
}

/** Into which of the other lists that this person may change. */
function ListPicker({ list, item, anchor, onMoved, onClose }: PickerProps) {
  const words = useWords().detail
  const client = useClient()
  const lists = useValue(client.lists)
  const open = lists.filter(({ id, ended, role }) => {
    const mayEdit = role === null || role === 'owner' || role === 'editor'
    return id !== list.id && !ended && mayEdit
  })

  async function move(toId: string): Promise<void> {
    const { moveToList } = await import('@tandem/client-sdk/exchange')
    const moved = await moveToList(client, list, [item.id], toId).catch(() => null)
    if (moved === null) {
      toast(words.cannotMove)
      return
    }
    const said = words.moved(item.title, moved.toTitle)
    toast(moved.comments > 0 ? `${said}. ${words.moveLosesComments}` : said, {
      words: words.undone,
      run: () => void moved.undo().catch(() => toast(words.cannotMove)),
    })
    onMoved()
  }

  return (
    <Picker
      label={words.movePick(item.title)}
      anchor={anchor}
      multiple={false}
      items={open.map(({ id, title }) => ({ id, words: title, isOn: false }))}
      onToggle={(id) => void move(id).catch(() => toast(words.cannotMove))}
      onClose={onClose}
    />
  )
}
