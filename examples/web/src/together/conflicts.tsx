import type { Conflict, List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'

/** Where two people met. Nothing waits for an answer: the merge has happened, and the other value is one press away. */
export function Conflicts({ list, canEdit }: { list: List; canEdit: boolean }) {
  const me = useValue(list.me)
  const conflicts = useValue(list.conflicts)
  if (conflicts.length === 0) return null
  return (
    <section className="stack" aria-label="Changes that met">
      {conflicts.map((conflict) => (
        <ConflictNotice key={conflict.id} conflict={conflict} me={me} canEdit={canEdit} />
      ))}
    </section>
  )
}

function ConflictNotice(props: { conflict: Conflict; me: string | null; canEdit: boolean }) {
  const { conflict, me, canEdit } = props
  const { title, field } = conflict
  const isMineKept = conflict.kept.by === me
  const takeWords = isMineKept ? 'Use theirs' : 'Use mine'

  if (conflict.kind === 'edited-while-removed') {
    return (
      <div className="notice">
        <p>“{title}” was deleted while you changed it.</p>
        <Choice conflict={conflict} take={canEdit ? 'Restore' : null} leave="Leave it deleted" />
      </div>
    )
  }
  return (
    <div className="notice">
      <p>
        {field === 'title'
          ? 'You and somebody else gave one item two names.'
          : `You and somebody else changed “${title}” (${field}).`}
      </p>
      <p>
        Now it is {shown(conflict.kept.value)}, {isMineKept ? 'yours. They' : 'theirs. You'} wrote{' '}
        {shown(conflict.other.value)}.
      </p>
      <Choice
        conflict={conflict}
        take={canEdit ? takeWords : null}
        leave={isMineKept ? 'Keep mine' : 'Keep theirs'}
      />
    </div>
  )
}

/** `take` is null for somebody who may not change the list (any more). */
function Choice({ conflict, take, leave }: { conflict: Conflict; take: string | null; leave: string }) {
  return (
    <div className="row wrap">
      {take !== null && (
        // biome-ignore lint/correctness/useHookAtTopLevel: a method of the notice, and no hook
        <button type="button" onClick={() => conflict.useOther()}>
          {take}
        </button>
      )}
      <button type="button" className="quiet" onClick={() => conflict.dismiss()}>
        {leave}
      </button>
    </div>
  )
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `“${value}”` : JSON.stringify(value)
}
