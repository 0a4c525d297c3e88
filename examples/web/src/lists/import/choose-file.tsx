import { FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import { useWords } from '../../words/use-words.ts'

interface Props {
  readonly problem: string | null
  readonly onFile: (file: File) => void
}

/** A file by the system's own dialog, or dropped here. */
export function ChooseFile({ problem, onFile }: Props) {
  const words = useWords().lists
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  return (
    <div className="stack">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button in it does the same */}
      <div
        className="drop"
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          const [file] = event.dataTransfer.files
          if (file !== undefined) onFile(file)
        }}
      >
        <FileUp aria-hidden />
        <button type="button" className="primary" onClick={() => input.current?.click()}>
          {words.importChoose}
        </button>
        <span className="muted drop-words">{words.importDrop}</span>
        <input
          ref={input}
          type="file"
          hidden
          accept=".json,.csv,.tsv,.ics,.md,.markdown,.txt,text/*,application/json"
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file !== undefined) onFile(file)
          }}
        />
      </div>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      <p className="muted small">{words.importKinds}</p>
    </div>
  )
}
