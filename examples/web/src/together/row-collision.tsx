import type { Conflict, List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { useCallback } from 'react'
import { later } from '../ui/later.tsx'

const Notice = later(async () => (await import('./collision-notice.tsx')).CollisionNotice, { isExtra: true })

/** Where two people met on this item, in its row. */
export function RowCollision({ list, id, canEdit }: { list: List; id: string; canEdit: boolean }) {
  const ofRow = useCallback((all: readonly Conflict[]) => all.filter((one) => isOfRow(one, id)), [id])
  const conflicts = useValue(list.conflicts, ofRow, isSameConflicts)
  if (conflicts.length === 0) return null
  return (
    <>
      {conflicts.map((conflict) => (
        <Notice key={conflict.id} list={list} conflict={conflict} canEdit={canEdit} isNamed={false} />
      ))}
    </>
  )
}

function isOfRow({ about, itemId, kind }: Conflict, id: string): boolean {
  return about === 'item' && itemId === id && kind !== 'edited-while-removed'
}

function isSameConflicts(a: readonly Conflict[], b: readonly Conflict[]): boolean {
  return a.length === b.length && a.every((one, at) => one === b[at])
}
