/** What one writes first: a Yjs document shown by React, all of it read and rendered anew on each change. */
import { type ReactElement, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import * as Y from 'yjs'

interface Row {
  readonly title: string
  readonly done: boolean
}

const doc = new Y.Doc()
const items = doc.getMap<Y.Map<string | boolean>>('items')
doc.transact(() => {
  for (let at = 0; at < Number(location.hash.slice(1)); at++) {
    const item = new Y.Map<string | boolean>()
    item.set('title', `Item ${at}`)
    item.set('done', false)
    items.set(`item-${at}`, item)
  }
})

function Everything(): ReactElement {
  const [rows, setRows] = useState(() => items.toJSON() as Record<string, Row>)
  useEffect(() => {
    const read = (): void => setRows(items.toJSON() as Record<string, Row>)
    items.observeDeep(read)
    return () => items.unobserveDeep(read)
  }, [])
  return (
    <ul>
      {Object.entries(rows).map(([id, { title, done }]) => (
        <li key={id} data-id={id} data-done={done}>
          <input
            type="checkbox"
            aria-label={title}
            checked={done}
            onChange={() => items.get(id)?.set('done', !done)}
          />
          <button type="button">{title}</button>
          <button type="button">…</button>
        </li>
      ))}
    </ul>
  )
}

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<Everything />)
