import { useRef, useState } from 'react'
import { useLanguage, useWords } from '../words/use-words.ts'
import { faultWords } from './words.ts'

/**
 * Runs changes one after the other, and keeps what went wrong for showing beside the button. None is dropped because another is under
 * way: "remove Bob" holds also a moment after his role was changed. What must not happen twice is sent by `once`; its buttons are
 * `aria-disabled` meanwhile and not disabled, which would take the focus from whoever has just pressed one.
 */
export function useAction() {
  const words = useWords().sharing
  const { tag } = useLanguage()
  const [fault, setFault] = useState<{ readonly error: unknown } | null>(null)
  const [isBusy, setBusy] = useState(false)
  const underWay = useRef(0)
  const last = useRef<Promise<unknown>>(Promise.resolve())

  async function run(action: () => Promise<unknown>): Promise<boolean> {
    underWay.current += 1
    setBusy(true)
    setFault(null)
    const turn = last.current.then(action)
    last.current = turn.catch(() => {})
    try {
      await turn
      return true
    } catch (error) {
      setFault({ error })
      return false
    } finally {
      underWay.current -= 1
      setBusy(underWay.current > 0)
    }
  }

  /** Nothing, while anything of this place is under way: a form that was sent twice is sent once. */
  async function once(action: () => Promise<unknown>): Promise<boolean> {
    return underWay.current === 0 && (await run(action))
  }

  return { run, once, isBusy, problem: fault === null ? null : faultWords(fault.error, words, tag) }
}
