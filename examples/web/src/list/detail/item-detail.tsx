import type { Item, List } from '@tandem/client-sdk'
import { useCan, useItem } from '@tandem/client-sdk/react'
import { Hash, StickyNote, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { NotesEditor } from '../../together/notes-editor.tsx'
import { RowCollision } from '../../together/row-collision.tsx'
import { RowPresence } from '../../together/row-presence.tsx'
import { useViewing } from '../../together/use-editing.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useMedia, VERY_WIDE } from '../../ui/use-media.ts'
import { useWords } from '../../words/use-words.ts'
import { Comments } from './comments.tsx'
import { DetailMenu } from './detail-menu.tsx'
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
import './detail.css'

interface Props {
  readonly list: List
  readonly id: string
  readonly onClose: () => void
}

/**
 * Everything about one item: beside the list where there is room, else over it as a sheet. Load it lazily, and mount it beside the page:
 * it brings its own frame.
 */
export function ItemDetail({ list, id, onClose }: Props) {
  const words = useWords()
  const item = useItem(list, id)
  const isBeside = useMedia(VERY_WIDE)
  const title = item?.title ?? ''
  // Another item is another panel: what was typed for the one before is kept with it.
  const body =
    item === undefined ? (
      <p className="muted">{words.detail.missing}</p>
    ) : (
      <Body key={id} list={list} item={item} />
    )
  const menu = item !== undefined && item.deleted === null && (
    <Menu list={list} item={item} onClose={onClose} />
  )
  if (!isBeside) {
    return (
      <Dialog
        title={words.detail.label(title.slice(0, 80))}
        closeWords={words.detail.close}
        onClose={onClose}
      >
        <div className="detail" data-sheet>
          {menu && <div className="detail-sheet-menu">{menu}</div>}
          {body}
        </div>
      </Dialog>
    )
  }
  return (
    <Beside label={words.detail.label(title)}>
      <div className="detail">
        <header className="detail-bar">
          {menu}
          <button type="button" className="quiet icon" aria-label={words.detail.close} onClick={onClose}>
            <X aria-hidden />
          </button>
        </header>
        {body}
      </div>
    </Beside>
  )
}

function Beside({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <aside className="beside" aria-label={label}>
      {children}
    </aside>
  )
}

function Menu({
  list,
  item,
  onClose,
}: {
  readonly list: List
  readonly item: Item
  readonly onClose: () => void
}) {
  const can = useCan(list)
  return can.edit ? <DetailMenu list={list} item={item} onClose={onClose} /> : null
}

function Body({ list, item }: { readonly list: List; readonly item: Item }) {
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
      <DetailTitle list={list} item={item} canEdit={canEdit} canTick={canTick} />
      <RowPresence list={list} id={item.id} />
      <RowCollision list={list} id={item.id} canEdit={canEdit} />
      <div className="fields">
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
