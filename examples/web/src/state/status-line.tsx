import type { Status } from '@tandem/client-sdk'
import { useWords } from '../words/use-words.ts'
import { StatusIcon } from './status-icon.tsx'
import { statusWords } from './status-words.ts'
import './state.css'

interface Props {
  readonly status: Status
  /** Shows what the words mean. */
  readonly onOpen: () => void
}

/** What is saved where, in words and with a shape; said politely when it changes. Pressed, it explains itself. */
export function StatusLine({ status, onOpen }: Props) {
  const words = useWords().state
  return (
    <output className="status" data-state={status.state} aria-live="polite">
      <button type="button" className="quiet" title={words.open} aria-haspopup="dialog" onClick={onOpen}>
        <StatusIcon state={status.state} />
        <span>{statusWords(status, words)}</span>
      </button>
    </output>
  )
}
