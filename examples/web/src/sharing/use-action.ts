import { useState } from 'react'
import { faultWords } from './words.ts'

/** Runs one change at a time and keeps what went wrong, for showing beside the button. */
export function useAction() {
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function run(action: () => Promise<unknown>): Promise<boolean> {
    setBusy(true)
    setProblem(null)
    try {
      await action()
      return true
    } catch (error) {
      setProblem(faultWords(error))
      return false
    } finally {
      setBusy(false)
    }
  }

  return { run, isBusy, problem }
}
