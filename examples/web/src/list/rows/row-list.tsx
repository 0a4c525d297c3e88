import { memo, type ReactNode } from 'react'
import type { Entry } from '../board/entries.ts'
import type { Progress } from '../order/outline.ts'
import { AddSection } from '../sections/add-section.tsx'
import { SectionHead } from '../sections/section-head.tsx'
import { AddSubtask } from './add-subtask.tsx'
import { DoneHead } from './done-head.tsx'
import { ItemRow } from './item-row.tsx'

interface LineProps {
  readonly entry: Entry
  readonly progress: ReadonlyMap<string, Progress>
}

/** One line of the list, whatever it is. */
export function Line({ entry, progress }: LineProps): ReactNode {
  switch (entry.kind) {
    case 'section':
      return <SectionHead id={entry.id} count={entry.count} isCollapsed={entry.isCollapsed} />
    case 'done':
      return <DoneHead count={entry.count} isOpen={entry.isOpen} />
    case 'add-section':
      return <AddSection />
    case 'add-subtask':
      return <AddSubtask parent={entry.parent} />
    case 'row': {
      const { id, group, parent } = entry
      const { done = 0, total = 0 } = progress.get(id) ?? {}
      return <ItemRow id={id} group={group} parent={parent} doneCount={done} totalCount={total} />
    }
  }
}

interface Props {
  readonly entries: readonly Entry[]
  readonly progress: ReadonlyMap<string, Progress>
}

/** All lines in the page: find-in-page, screen readers and printing see everything. What is off the screen is not laid out. */
export const PlainRows = memo(function PlainRows({ entries, progress }: Props) {
  return entries.map((entry) => <Line key={entry.key} entry={entry} progress={progress} />)
})
