import { useClient } from '@tandem/client-sdk/react'
import { useEffect, useState } from 'react'
import { pendingIn } from './new-version.ts'

const ASKED = 'tandem:asked-to-keep'

export interface Persistence {
  /** Whether the browser has promised to keep this site's data until the person deletes it. Null: not known (yet), or it never says. */
  readonly isKept: boolean | null
  /** Asks for that promise. Browsers decide by themselves, or ask the person. */
  ask(): Promise<void>
}

/** What the browser promises about the storage of this site; for the settings and the panel. */
export function usePersistence(): Persistence {
  const [isKept, setKept] = useState<boolean | null>(null)
  useEffect(() => {
    void storage()
      ?.persisted()
      .then(setKept, () => undefined)
  }, [])
  return { isKept, ask: async () => setKept(await askToPersist()) }
}

/**
 * Asks the browser once, after the person's first own edit: now there is something to lose, and who is asked by their browser knows why.
 */
export function usePersistAfterFirstEdit(): void {
  const client = useClient()
  useEffect(() => {
    if (localStorage.getItem(ASKED) !== null) return
    // Not while rendering: a quick server has the edit before the next frame.
    const stop = client.status.subscribe(() => {
      if (pendingIn(client.status.getSnapshot()) === 0) return
      stop()
      localStorage.setItem(ASKED, 'yes')
      void askToPersist()
    })
    return stop
  }, [client])
}

async function askToPersist(): Promise<boolean | null> {
  return (
    (await storage()
      ?.persist()
      .catch(() => null)) ?? null
  )
}

/** Absent where the page is served neither over TLS nor from this machine. */
function storage(): StorageManager | undefined {
  return navigator.storage as StorageManager | undefined
}
