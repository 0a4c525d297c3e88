import { useEffect, useState } from 'react'
import { usePending } from './new-version.ts'

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
  const hasEdited = usePending() > 0
  useEffect(() => {
    if (!hasEdited || localStorage.getItem(ASKED) !== null) return
    localStorage.setItem(ASKED, 'yes')
    void askToPersist()
  }, [hasEdited])
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
