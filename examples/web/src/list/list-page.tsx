import type { List } from '@tandem/client-sdk'
import { useAccess, useItemIds, useList, useStatus, useValue } from '@tandem/client-sdk/react'
import { useCallback, useState } from 'react'
import { AccessEnded } from '../sharing/access-ended.tsx'
import { RoleNotice } from '../sharing/role-notice.tsx'
import { AttentionBox } from '../state/status-line.tsx'
import { Conflicts } from '../together/conflicts.tsx'
import { AddItem } from './add/add-item.tsx'
import { type Draft, ItemRow } from './item-row.tsx'
import { ListHeader } from './list-header.tsx'
import { Trash } from './trash.tsx'
import { Unplaced } from './unplaced.tsx'

interface Removed {
  readonly id: string
  readonly title: string
}

export function ListPage({ id }: { id: string }) {
  const list = useList(id)
  const access = useAccess(list)
  return access.state === 'ended' ? <AccessEnded list={list} access={access} /> : <OpenList list={list} />
}

function OpenList({ list }: { list: List }) {
  const status = useStatus(list, { smooth: true })
  const info = useValue(list.info)
  const can = useValue(list.can)
  const open = useItemIds(list, { done: false })
  const done = useItemIds(list, { done: true })
  const [draft, setDraft] = useState<Draft | null>(null)
  const [removed, setRemoved] = useState<Removed | null>(null)
  const onRemoved = useCallback((itemId: string, title: string) => setRemoved({ id: itemId, title }), [])

  const isLost = draft !== null && !open.includes(draft.id) && !done.includes(draft.id)
  const rows = (ids: readonly string[]) =>
    ids.map((itemId, at) => (
      <ItemRow
        key={itemId}
        list={list}
        id={itemId}
        can={can}
        draft={draft?.id === itemId ? draft : null}
        onDraft={setDraft}
        above={ids[at - 1] ?? null}
        below={ids[at + 1] ?? null}
        onRemoved={onRemoved}
      />
    ))

  return (
    <main className="page">
      <ListHeader list={list} status={status} />
      <RoleNotice list={list} />
      {/* Being signed out concerns every list, and the whole page says so. */}
      {status.state === 'attention' && status.reason !== 'auth-expired' && (
        <AttentionBox status={status} name={info.title} />
      )}
      <Conflicts list={list} canEdit={can.edit} />
      {draft !== null && isLost && can.edit && <Unplaced list={list} draft={draft} onDraft={setDraft} />}
      {can.edit && <AddItem list={list} />}

      {open.length > 0 && <ul className="items">{rows(open)}</ul>}
      {open.length === 0 && status.state !== 'loading' && (
        <p className="muted">{done.length > 0 ? 'All done.' : 'Nothing here yet.'}</p>
      )}
      {done.length > 0 && (
        <details open>
          <summary>Done ({done.length})</summary>
          <ul className="items">{rows(done)}</ul>
        </details>
      )}
      <Trash list={list} canEdit={can.edit} />
      {removed !== null && can.edit && (
        <RemovedToast list={list} removed={removed} onClose={() => setRemoved(null)} />
      )}
    </main>
  )
}

/** Stays until it is used or closed: a notice that goes away by itself is no use to slow hands. */
function RemovedToast(props: { list: List; removed: Removed; onClose: () => void }) {
  const { list, removed, onClose } = props
  return (
    <div className="toast" role="status">
      <span>Deleted “{removed.title}”</span>
      <button
        type="button"
        onClick={() => {
          list.items.restore(removed.id)
          onClose()
        }}
      >
        Put back
      </button>
      <button type="button" className="icon" aria-label="Close this notice" onClick={onClose}>
        ✕
      </button>
    </div>
  )
}
