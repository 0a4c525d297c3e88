import { createContext, useContext } from 'react'
import type { SignedIn } from './session.ts'

export interface Me extends SignedIn {
  /** Everything of this person is off the device: show the start page, with this sentence. */
  readonly onSignedOut: (said: string) => void
}

export const MeContext = createContext<Me | null>(null)

/** Who is signed in on this page. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (me === null) throw new Error('useMe needs somebody to be signed in')
  return me
}
