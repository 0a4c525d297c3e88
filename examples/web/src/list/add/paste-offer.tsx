import { useEffect, useRef } from 'react'
import { useWords } from '../../words/use-words.ts'
import type { PastedLine } from './parse-lines.ts'

interface Props {
  readonly lines: readonly PastedLine[]
  readonly onMany: () => void
  readonly onOne: () => void
  readonly onCancel: () => void
}

const SHOWN = 3

/** What to do with many lines at once: nobody wants forty items by accident, nor one with forty lines. */
export function PasteOffer({ lines, onMany, onOne, onCancel }: Props) {
  const words = useWords().add
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [])
  return (
    <fieldset
      className="paste"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel()
      }}
    >
      <legend>{words.pasted(lines.length)}</legend>
      <p className="muted paste-preview" dir="auto">
        {lines
          .slice(0, SHOWN)
          .map(({ title }) => title.slice(0, 60))
          .join(' · ')}
        {lines.length > SHOWN && ' …'}
      </p>
      <div className="row wrap">
        <button ref={first} type="button" className="primary" onClick={onMany}>
          {words.addMany(lines.length)}
        </button>
        <button type="button" onClick={onOne}>
          {words.asOne}
        </button>
        <button type="button" className="quiet" onClick={onCancel}>
          {words.notAtAll}
        </button>
      </div>
    </fieldset>
  )
}
