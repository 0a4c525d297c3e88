import type { List } from '@tandem/client-sdk'
import type { Draft } from './item-row.tsx'

/** What was being typed when the item was deleted under the cursor. It is kept until its author decides. */
export function Unplaced(props: { list: List; draft: Draft; onDraft: (draft: Draft | null) => void }) {
  const { list, draft, onDraft } = props
  return (
    <section className="notice" aria-label="The item you were editing was deleted">
      <p>The item you were editing was deleted. You had typed: “{draft.text}”</p>
      <div className="row wrap">
        <button
          type="button"
          onClick={() => {
            list.transact('Restore', () => {
              list.items.restore(draft.id)
              if (draft.text.trim() !== '') list.items.update(draft.id, { title: draft.text.trim() })
            })
            onDraft(null)
          }}
        >
          Restore it with my text
        </button>
        <button type="button" className="quiet" onClick={() => onDraft(null)}>
          Leave it deleted
        </button>
      </div>
    </section>
  )
}
