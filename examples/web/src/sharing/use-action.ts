import { useState } from 'react'
import { useLanguage, useWords } from '../words/use-words.ts'
import { faultWords } from './words.ts'

/** Runs one change at a time and keeps what went wrong, for showing beside the button. */
export function useAction() {
  const words = useWords().sharing
  const { tag } = useLanguage()
  const [fault, setFault] = useState<{ readonly error: unknown } | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function run(action: () => Promise<unknown>): Promise<boolean> {
    setBusy(true)
    setFault(null)
    try {
      await action()
      return true
    } catch (error) {
      setFault({ error })
      return false
    } finally {
      setBusy(false)
    }
  }

  return { run, isBusy, problem: fault === null ? null : faultWords(fault.error, words, tag) }
}
