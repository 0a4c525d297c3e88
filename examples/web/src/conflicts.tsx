import type { Conflict, List } from '@tandem/client-sdk'
import { useClient, useValue } from '@tandem/client-sdk/react'

/** Where two people met. Nothing waits for an answer: the merge has happened, and the other value is one press away. */
export function Conflicts({ list }: { list: List }) {
  const conflicts = useValue(list.conflicts)
  if (conflicts.length === 0) return null
  return (
    <section className="stack" aria-label="Changes that met">
      {conflicts.map((conflict) => (
        <ConflictNotice key={conflict.id} conflict={conflict} />
      ))}
    </section>
  )
}

function ConflictNotice({ conflict }: { conflict: Conflict }) {
  const user = useValue(useClient().user)
  const { title, field } = conflict
  const isMineKept = conflict.kept.by === user?.id

  if (conflict.kind === 'edited-while-removed') {
    return (
      <div className="notice">
        <p>“{title}” was deleted while you changed it.</p>
        <Choice conflict={conflict} take="Restore" leave="Leave it deleted" />
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
        take={isMineKept ? 'Use theirs' : 'Use mine'}
        leave={isMineKept ? 'Keep mine' : 'Keep theirs'}
      />
    </div>
  )
}

function Choice({ conflict, take, leave }: { conflict: Conflict; take: string; leave: string }) {
  return (
    <div className="row wrap">
      {/* biome-ignore lint/correctness/useHookAtTopLevel: a method of the notice, and no hook */}
      <button type="button" onClick={() => conflict.useOther()}>
        {take}
      </button>
      <button type="button" className="quiet" onClick={() => conflict.dismiss()}>
        {leave}
      </button>
    </div>
  )
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `“${value}”` : JSON.stringify(value)
}
