import { useState } from 'react'
import { useWords } from '../words/use-words.ts'
import { usePersistence } from './persistence.ts'

/** Whether the browser keeps what is on this device, and a way to ask it to. */
export function StoragePromise() {
  const words = useWords().state
  const { isKept, ask } = usePersistence()
  const [isAsked, setAsked] = useState(false)
  return (
    <section className="stack" aria-labelledby="on-device-title">
      <h3 id="on-device-title">{words.onThisDevice}</h3>
      <p className="muted">{wordsFor(isKept)}</p>
      {isKept === false && !isAsked && (
        <div>
          <button type="button" onClick={() => void ask().then(() => setAsked(true))}>
            {words.askToKeep}
          </button>
        </div>
      )}
      {isKept === false && isAsked && <p role="status">{words.keepRefused}</p>}
    </section>
  )

  function wordsFor(kept: boolean | null): string {
    if (kept === null) return words.keptUnknown
    return kept ? words.isKept : words.isNotKept
  }
}
