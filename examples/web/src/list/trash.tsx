import type { List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'

export function Trash({ list, canEdit }: { list: List; canEdit: boolean }) {
  const items = useValue(list.items.trash)
  if (items.length === 0) return null
  return (
    <details>
      <summary>Trash ({items.length})</summary>
      <ul className="items">
        {items.map((item) => (
          <li key={item.id} className="item">
            <span className="title">{item.title}</span>
            {canEdit && (
              <button type="button" className="quiet" onClick={() => list.items.restore(item.id)}>
                Put back<span className="only-read"> {item.title}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
