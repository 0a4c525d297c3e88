import type { List, Section } from '@tandem/client-sdk'
import { useCan, useValue } from '@tandem/client-sdk/react'
import { ArrowDown, ArrowUp, ChevronDown, MoreHorizontal, Pencil, Plus, Trash2 } from 'lucide-react'
import { memo, useState } from 'react'
import { type MenuAction, MenuButton } from '../../ui/menu.tsx'
import { useWords } from '../../words/use-words.ts'
import type { Words } from '../../words/words.ts'
import { addInto } from '../add/asks.ts'
import { type Board, useBoard } from '../board/board.ts'
import { undoToast } from '../commands/undo-toast.ts'
import { NameField } from './name-field.tsx'

interface Props {
  readonly id: string
  readonly count: number
  readonly isCollapsed: boolean
}

/** The heading of a section. Folding it away is this person's own, on this device. */
export const SectionHead = memo(function SectionHead({ id, count, isCollapsed }: Props) {
  const board = useBoard()
  const { list } = board
  const words = useWords()
  const can = useCan(list)
  const title = useValue(list.sections, (sections) => sections.find((one) => one.id === id)?.title ?? '')
  const [isRenaming, setRenaming] = useState(false)

  return (
    <li className="section-head" data-key={id} data-section={id}>
      {isRenaming ? (
        <NameField
          label={words.list.newNameOfSection(title)}
          before={title}
          onClose={(name) => {
            if (name !== null && name !== title) list.sections.rename(id, name)
            setRenaming(false)
          }}
        />
      ) : (
        <h2>
          <button
            type="button"
            className="fold"
            aria-expanded={!isCollapsed}
            onClick={() => toggleCollapsed(board, id)}
          >
            <ChevronDown aria-hidden />
            <span dir="auto">{title}</span>
            <span className="count">{count}</span>
          </button>
        </h2>
      )}
      {can.edit && !isRenaming && (
        <MenuButton
          className="quiet icon tool"
          label={words.list.sectionMore(title)}
          icon={<MoreHorizontal aria-hidden />}
          actions={() => sectionActions(list, { id, title }, words, () => setRenaming(true))}
        />
      )}
    </li>
  )
})

export function toggleCollapsed({ folds }: Board, id: string): void {
  const collapsed = new Set(folds.get().collapsed)
  if (!collapsed.delete(id)) collapsed.add(id)
  folds.set({ ...folds.get(), collapsed })
}

function sectionActions(
  list: List,
  { id, title }: Pick<Section, 'id' | 'title'>,
  { list: words }: Words,
  rename: () => void,
): MenuAction[] {
  const sections = list.sections.getSnapshot()
  const at = sections.findIndex((section) => section.id === id)
  const above = sections[at - 1]?.id
  const below = sections[at + 1]?.id
  return [
    {
      id: 'add',
      words: words.addHere,
      icon: <Plus aria-hidden />,
      run: () => addInto(list.id, id),
    },
    { id: 'rename', words: words.renameShort, icon: <Pencil aria-hidden />, run: rename },
    {
      id: 'up',
      words: words.steps.up,
      icon: <ArrowUp aria-hidden />,
      isDisabled: above === undefined,
      run: () => above !== undefined && void list.sections.move(id, { before: above }),
    },
    {
      id: 'down',
      words: words.steps.down,
      icon: <ArrowDown aria-hidden />,
      isDisabled: below === undefined,
      run: () => below !== undefined && void list.sections.move(id, { after: below }),
    },
    {
      id: 'delete',
      words: words.deleteSection,
      icon: <Trash2 aria-hidden />,
      isDanger: true,
      startsGroup: true,
      run: () => undoToast(list, words.sectionDeleted(title), () => void list.sections.remove(id)),
    },
  ]
}
