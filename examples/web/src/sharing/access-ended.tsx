import type { Access, List, RefusedEdit } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { follow, go } from '../shell/route.ts'
import { download } from '../state/status-line.tsx'

/** All that is left of a list whose person was removed: who did it, and their own edits that came too late. */
export function AccessEnded(props: { list: List; access: Extract<Access, { state: 'ended' }> }) {
  const { list, access } = props
  const { title } = useValue(list.info)
  const status = useValue(list.status)
  const edits = useValue(list.refused)
  const isOne = access.pending === 1

  async function forget(): Promise<void> {
    const question = isOne
      ? 'Forget the change that could not be saved?'
      : `Forget the ${access.pending} changes that could not be saved?`
    if (access.pending > 0 && !confirm(question)) return
    go({ page: 'lists' })
    if (status.state === 'attention') await status.resolve()
  }

  return (
    <main className="page">
      <header className="bar">
        <a {...follow({ page: 'lists' })}>← Lists</a>
      </header>
      <h1>{title}</h1>
      <section className="notice bad" aria-label="Access has ended">
        <p role="alert">
          <strong>{access.message}</strong>
        </p>
        {access.pending === 0 ? (
          <p>Nothing of it is on this device any more.</p>
        ) : (
          <>
            <p>
              {isOne ? '1 change' : `${access.pending} changes`} of yours could not be saved. Nobody but you
              has {isOne ? 'it' : 'them'}, and nothing is sent any more:
            </p>
            <ul className="refused">
              {edits.map((edit) => (
                <li key={edit.id}>
                  {editWords(edit)} <span className="origin">{new Date(edit.at).toLocaleString()}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        <div className="row wrap">
          {access.pending > 0 && (
            <button type="button" onClick={() => download(list.exportPending(), `${title}.json`)}>
              Export {isOne ? 'it' : 'them'}
            </button>
          )}
          {access.why === 'list-deleted' && status.state === 'attention' && (
            <button type="button" onClick={() => void status.retry()}>
              Look whether it was restored
            </button>
          )}
          <button type="button" className="quiet" onClick={() => void forget()}>
            {access.pending > 0 ? `Forget ${isOne ? 'it' : 'them'}` : 'Take it off my lists'}
          </button>
        </div>
      </section>
    </main>
  )
}

/** What it was, with the text the person wrote: "Add “Beer”". */
function editWords({ label, changes }: RefusedEdit): string {
  const texts = changes.flatMap((change) => (change.type === 'put' ? titleIn(change.key, change.value) : []))
  return texts[0] === undefined ? label : `${label} “${texts[0]}”`
}

function titleIn(key: string, value: unknown): readonly string[] {
  const title =
    key.endsWith('/title') && Array.isArray(value) ? value[0] : (value as { title?: unknown } | null)?.title
  return typeof title === 'string' ? [title] : []
}
