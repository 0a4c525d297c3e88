import type { List } from '@tandem/client-sdk'
import { useItem } from '@tandem/client-sdk/react'

/** The notes of an item, as text that several people write in at once. */
export function NotesEditor({ list, id, canEdit }: { list: List; id: string; canEdit: boolean }) {
  const item = useItem(list, id)
  return (
    <textarea
      dir="auto"
      value={item?.notes ?? ''}
      readOnly={!canEdit}
      onChange={(event) => list.items.notes(id).replace(event.target.value)}
    />
  )
}
