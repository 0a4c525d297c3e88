import type { AttentionStatus, Status } from '@tandem/client-sdk'
import { resolveWords, statusWords } from './status-words.ts'

export function StatusLine({ status }: { status: Status }) {
  return (
    <output className="status" data-state={status.state} aria-live="polite">
      {statusWords(status)}
    </output>
  )
}

/** What is wrong, and every way out of it. Nothing is lost by looking at it. */
export function AttentionBox({ status, name }: { status: AttentionStatus; name: string }) {
  const giveUp = resolveWords(status.reason)
  return (
    <section className="notice bad" aria-label="Needs attention">
      <p>{status.message}</p>
      {status.pending > 0 && (
        <p className="muted">
          {status.pending === 1 ? '1 change is' : `${status.pending} changes are`} not on the server.
        </p>
      )}
      <div className="row wrap">
        <button type="button" onClick={() => void status.retry()}>
          Try again
        </button>
        {status.pending > 0 && (
          <button type="button" onClick={() => download(status.exportPending(), `${name}.json`)}>
            Export the changes
          </button>
        )}
        {giveUp !== null && (
          <button type="button" className="quiet" onClick={() => void status.resolve()}>
            {giveUp}
          </button>
        )}
      </div>
    </section>
  )
}

export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
