import { useRef, useState } from 'react'
import { useLanguage, useWords } from '../words/use-words.ts'
import { faultWords } from './words.ts'

/**
 * Runs one change at a time and keeps what went wrong, for showing beside the button. While one is under way another is not begun; the
 * buttons are `aria-disabled` then and not disabled, which would take the focus from whoever has just pressed one.
 */
export function useAction() {
  const words = useWords().sharing
  const { tag } = useLanguage()
  const [fault, setFault] = useState<{ readonly error: unknown } | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isUnderWay = useRef(false)

  async function run(action: () => Promise<unknown>): Promise<boolean> {
    if (isUnderWay.current) return false
    isUnderWay.current = true
    setBusy(true)
    setFault(null)
    try {
      await action()
      return true
    } catch (error) {
      setFault({ error })
      return false
    } finally {
      isUnderWay.current = false
      setBusy(false)
    }
  }

  return { run, isBusy, problem: fault === null ? null : faultWords(fault.error, words, tag) }
}
