import { Component, type ReactNode } from 'react'
import { PartMissing } from '../ui/later.tsx'
import { wordsNow } from '../words/use-words.ts'

interface State {
  readonly error: Error | null
}

/** A fault in drawing must not look like lost lists: it says that they are safe, and how to go on. React offers this as a class only. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    const words = wordsNow().shell
    if (error instanceof PartMissing) return <Missing onRetry={() => this.setState({ error: null })} />
    return (
      <main id="content" className="page empty">
        <h1>{words.brokenTitle}</h1>
        <p>{words.brokenText}</p>
        <div className="row wrap">
          <button type="button" className="primary" onClick={() => location.reload()}>
            {words.reload}
          </button>
          <a className="button" href="/">
            {words.toLists}
          </a>
        </div>
        <details>
          <summary>{words.brokenDetails}</summary>
          <pre dir="ltr">{error.message}</pre>
        </details>
      </main>
    )
  }
}

function Missing({ onRetry }: { onRetry: () => void }) {
  const { shell, state } = wordsNow()
  return (
    <main id="content" className="page empty">
      <h1>{shell.missingTitle}</h1>
      <p>{state.partMissing}</p>
      <button type="button" className="primary" onClick={onRetry}>
        {state.tryAgain}
      </button>
    </main>
  )
}
