import { useEffect, useState } from 'react'
import { StoragePromise } from '../state/storage-promise.tsx'
import { useLanguage, useWords } from '../words/use-words.ts'

/** How much this app keeps on the device, and whether the browser promises to. */
export function StorageUse() {
  const words = useWords().shell.settings
  const { tag } = useLanguage()
  const [used, setUsed] = useState<number | null>(null)
  useEffect(() => {
    const storage = navigator.storage as StorageManager | undefined
    void storage
      ?.estimate()
      .then(({ usage }) => setUsed(usage ?? null))
      .catch(() => setUsed(null))
  }, [])
  return (
    <>
      <StoragePromise />
      {used !== null && <p className="muted">{words.used(sizeWords(used, tag))}</p>}
    </>
  )
}

function sizeWords(bytes: number, language: string): string {
  const isSmall = bytes < 1_000_000
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: isSmall ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: isSmall ? 0 : 1,
  }).format(bytes / (isSmall ? 1_000 : 1_000_000))
}
