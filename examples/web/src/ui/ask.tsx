import type { ReactNode } from 'react'
import { Dialog } from './dialog.tsx'

interface Props {
  /** The question, short. */
  readonly title: string
  /** What the answer does. */
  readonly children?: ReactNode
  /** The verb of the question: "Remove Bob", not "OK". */
  readonly yes: string
  readonly no: string
  readonly onYes: () => void
  readonly onClose: () => void
}

/** Asks before something that cannot be taken back. Only from lazily loaded parts, as `Dialog`. */
export function Ask({ title, children, yes, no, onYes, onClose }: Props) {
  return (
    <Dialog role="alertdialog" title={title} closeWords={no} onClose={onClose}>
      <div className="stack">
        {children}
        <div className="row wrap">
          <button
            type="button"
            className="danger"
            onClick={() => {
              onYes()
              onClose()
            }}
          >
            {yes}
          </button>
          <button type="button" onClick={onClose}>
            {no}
          </button>
        </div>
      </div>
    </Dialog>
  )
}
