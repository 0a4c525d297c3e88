import { useEffect, useState } from 'react'

export interface Persistence {
  /** Whether the browser has promised to keep this site's data until the person deletes it. Null: not known (yet), or it never says. */
  readonly isKept: boolean | null
  /** Asks for that promise. Browsers decide by themselves or ask the person. */
  ask(): Promise<void>
}

/** What the browser promises about the storage of this site; for the settings and the panel. */
export function usePersistence(): Persistence {
  const [isKept, setKept] = useState<boolean | null>(null)
  useEffect(() => {
    void isPersisted().then(setKept)
  }, [])
  return { isKept, ask: async () => setKept(await askToPersist()) }
}

export async function isPersisted(): Promise<boolean | null> {
  return (
    storage()
      ?.persisted()
      .catch(() => null) ?? null
  )
}

export async function askToPersist(): Promise<boolean | null> {
  return (
    storage()
      ?.persist()
      .catch(() => null) ?? null
  )
}

/** Absent where the page is not served over TLS or from this machine. */
function storage(): StorageManager | undefined {
  return navigator.storage as StorageManager | undefined
}
