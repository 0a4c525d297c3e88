import type { Item, List } from '@tandem/client-sdk'
import { useCan } from '@tandem/client-sdk/react'
import { Hash, StickyNote } from 'lucide-react'
import type { ReactNode } from 'react'
import { NotesEditor } from '../../together/notes-editor.tsx'
import { RowCollision } from '../../together/row-collision.tsx'
import { RowPresence } from '../../together/row-presence.tsx'
import { useViewing } from '../../together/use-editing.ts'
import { useWords } from '../../words/use-words.ts'
import { Comments } from './comments.tsx'
import { DetailTitle } from './detail-title.tsx'
import { DueField } from './due-field.tsx'
import { LabelsField } from './labels-field.tsx'
import { LinkField } from './link-field.tsx'
import { PeopleField } from './people-field.tsx'
import { RemindersField } from './reminders-field.tsx'
import { RepeatField } from './repeat-field.tsx'
import { PriorityField, SectionField } from './select-fields.tsx'
import { Stamps } from './stamps.tsx'
import { Subtasks } from './subtasks.tsx'
import { TextField } from './text-field.tsx'

interface Props {
  readonly list: List
  readonly item: Item
  /** Beside the title. */
  readonly trailing: ReactNode
}

/** The fields of an item, each a live value. */
export function DetailBody({ list, item, trailing }: Props) {
  const words = useWords().detail
  const can = useCan(list)
  const isInTrash = item.deleted !== null
  const canEdit = can.edit && !isInTrash
  const canTick = can.tick && !isInTrash
  useViewing(list, item.id)
  return (
    <>
      {isInTrash && (
        <div className="notice">
          <p>{words.inTrash}</p>
          {can.edit && (
            <button type="button" onClick={() => list.items.restore(item.id)}>
              {words.restore}
            </button>
          )}
        </div>
      )}
      {!can.edit && !isInTrash && <p className="muted">{words.readOnly}</p>}
      <DetailTitle list={list} item={item} canEdit={canEdit} canTick={canTick} trailing={trailing} />
      <div className="detail-here">
        <RowPresence list={list} id={item.id} />
      </div>
      <RowCollision list={list} id={item.id} canEdit={canEdit} />
      <div className="props">
        <DueField list={list} item={item} canEdit={canEdit} />
        <RemindersField list={list} item={item} canEdit={canEdit} />
        <RepeatField list={list} item={item} canEdit={canEdit} />
        <PeopleField list={list} item={item} canEdit={canEdit} />
        <LabelsField list={list} item={item} canEdit={canEdit} />
        <SectionField list={list} item={item} canEdit={canEdit} />
        <PriorityField list={list} item={item} canEdit={canEdit} />
        <TextField
          icon={<Hash aria-hidden />}
          label={words.quantity}
          hint={words.quantityHint}
          value={item.quantity}
          mostChars={100}
          canEdit={canEdit}
          onSave={(quantity) => void list.items.update(item.id, { quantity })}
        />
        <LinkField
          value={item.link}
          canEdit={canEdit}
          onSave={(link) => void list.items.update(item.id, { link })}
        />
      </div>
      <section className="detail-part" aria-label={words.notes}>
        <h3>
          <StickyNote aria-hidden />
          {words.notes}
        </h3>
        <NotesEditor list={list} id={item.id} canEdit={canEdit} />
      </section>
      <Subtasks list={list} item={item} canEdit={canEdit} canTick={canTick} />
      <Comments list={list} item={item} />
      <Stamps list={list} item={item} />
    </>
  )
}
