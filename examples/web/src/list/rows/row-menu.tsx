import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  CircleCheck,
  Copy,
  FolderInput,
  Indent,
  Info,
  ListPlus,
  MoreHorizontal,
  Outdent,
  Pencil,
  Trash2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { go } from '../../shell/route.ts'
import { type MenuAction, MenuButton } from '../../ui/menu.tsx'
import { useWords } from '../../words/use-words.ts'
import type { Words } from '../../words/words.ts'
import { type Board, useBoard } from '../board/board.ts'
import {
  duplicate,
  edit,
  indent,
  moveByStep,
  outdent,
  remove,
  targetsOf,
  topsOf,
} from '../commands/item-commands.ts'
import { placeByIndent, placeByOutdent, placeByStep, type Step } from '../commands/moves.ts'
import { toggled } from '../select/selection.ts'

/** Everything that can be done with a row, by one pointer and without dragging. */
export function RowMenu({ id, title, tab }: { id: string; title: string; tab: number }) {
  const board = useBoard()
  const words = useWords()
  return (
    <MenuButton
      className="quiet icon tool"
      label={words.list.moreFor(title)}
      tabIndex={tab}
      icon={<MoreHorizontal aria-hidden />}
      actions={() => rowActions(board, id, words)}
    />
  )
}

export function rowActions(board: Board, id: string, { list: words }: Words): MenuAction[] {
  const { list } = board
  const can = list.can.getSnapshot()
  const details: MenuAction = {
    id: 'details',
    words: words.details,
    icon: <Info aria-hidden />,
    keys: '↵',
    run: () => go({ page: 'list', id: list.id, item: id }),
  }
  if (!can.edit) return [details]
  const { order } = board.order.getSnapshot()
  const isManual = list.info.getSnapshot().mine.sort === 'manual'
  const ids = targetsOf(board, id)
  const tops = topsOf(board, ids)
  const step = (to: Step, icon: ReactNode, keys: string): MenuAction => ({
    id: to,
    words: words.steps[to],
    icon,
    keys,
    isDisabled: !isManual || placeByStep(order, tops, to) === null,
    startsGroup: to === 'up',
    run: () => moveByStep(board, id, to),
  })
  return [
    {
      id: 'rename',
      words: words.renameShort,
      icon: <Pencil aria-hidden />,
      keys: 'E',
      run: () => edit(board, id),
    },
    details,
    ...only(placeByOutdent(order, id) === null, {
      id: 'subtask',
      words: words.addSubtask,
      icon: <ListPlus aria-hidden />,
      run: () => board.addingTo.set(id),
    }),
    step('up', <ArrowUp aria-hidden />, 'Alt+↑'),
    step('down', <ArrowDown aria-hidden />, 'Alt+↓'),
    step('top', <ArrowUpToLine aria-hidden />, 'Alt+Shift+↑'),
    step('bottom', <ArrowDownToLine aria-hidden />, 'Alt+Shift+↓'),
    {
      id: 'move',
      words: words.moveTo,
      icon: <FolderInput aria-hidden />,
      keys: 'M',
      run: () => board.asking.set({ what: 'move', ids }),
    },
    ...only(placeByIndent(order, id) !== null, {
      id: 'indent',
      words: words.indent,
      icon: <Indent aria-hidden />,
      run: () => void indent(board, id),
    }),
    ...only(placeByOutdent(order, id) !== null, {
      id: 'outdent',
      words: words.outdent,
      icon: <Outdent aria-hidden />,
      run: () => void outdent(board, id),
    }),
    {
      id: 'select',
      words: words.select,
      icon: <CircleCheck aria-hidden />,
      keys: 'X',
      startsGroup: true,
      run: () => board.selection.set(toggled(board.selection.get(), id)),
    },
    { id: 'duplicate', words: words.duplicate, icon: <Copy aria-hidden />, run: () => duplicate(board, id) },
    {
      id: 'delete',
      words: words.delete,
      icon: <Trash2 aria-hidden />,
      keys: 'Del',
      isDanger: true,
      startsGroup: true,
      run: () => remove(board, ids),
    },
  ]
}

/** What makes no sense for this row is left out, so that everything else is seen without scrolling. */
function only(makesSense: boolean, action: MenuAction): readonly MenuAction[] {
  return makesSense ? [action] : []
}
