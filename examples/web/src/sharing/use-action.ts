import { useEffect, useRef, useState } from 'react'
import { toast } from '../ui/toast-store.ts'
import { useLanguage, useWords } from '../words/use-words.ts'
import { faultWords } from './words.ts'

interface Fault {
  readonly what: string
  readonly error: unknown
}

/**
 * Runs changes one after the other, and keeps what went wrong for showing beside the button. None is dropped because another is under
 * way: "remove Bob" holds also a moment after his role was changed. What must not happen twice is sent by `once`; its buttons are
 * `aria-disabled` meanwhile and not disabled, which would take the focus from whoever has just pressed one.
 *
 * `what` names the change where several may be under way. What fails after its place was closed is said in a notice.
 */
export function useAction() {
  const words = useWords().sharing
  const { tag } = useLanguage()
  const [fault, setFault] = useState<Fault | null>(null)
  const [isBusy, setBusy] = useState(false)
  const underWay = useRef(0)
  const last = useRef<Promise<unknown>>(Promise.resolve())
  const isShown = useRef(true)
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
    }
  }, [])

  const say = ({ what, error }: Fault): string => {
    const why = faultWords(error, words, tag)
    return what === '' ? why : `${what}: ${why}`
  }

  async function run(action: () => Promise<unknown>, what = ''): Promise<boolean> {
    underWay.current += 1
    setBusy(true)
    setFault(null)
    const turn = last.current.then(action)
    last.current = turn.catch(() => {})
    try {
      await turn
      return true
    } catch (error) {
      if (isShown.current) setFault({ what, error })
      else toast(say({ what, error }))
      return false
    } finally {
      underWay.current -= 1
      setBusy(underWay.current > 0)
    }
  }

  /** Nothing, while anything of this place is under way: a form that was sent twice is sent once. */
  async function once(action: () => Promise<unknown>, what = ''): Promise<boolean> {
    return underWay.current === 0 && (await run(action, what))
  }

  /** Whether the place is still there to show what came of it. */
  const isThere = (): boolean => isShown.current

  return { run, once, isBusy, isThere, problem: fault === null ? null : say(fault) }
}
