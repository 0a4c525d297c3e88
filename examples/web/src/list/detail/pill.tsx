import { X } from 'lucide-react'
import type { ReactNode } from 'react'

interface Props {
  /** Says what taking it off takes off: "Remove dairy". */
  readonly clearWords: string
  /** Null for somebody who may not change it. */
  readonly onClear: (() => void) | null
  readonly children: ReactNode
}

/** One of several values of a field, with a way to take it off. */
export function Pill({ clearWords, onClear, children }: Props) {
  return (
    <li className="pill">
      {children}
      {onClear !== null && (
        <button type="button" className="quiet icon" aria-label={clearWords} onClick={onClear}>
          <X aria-hidden />
        </button>
      )}
    </li>
  )
}
