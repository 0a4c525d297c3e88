import { useStatus } from '@tandem/client-sdk/react'
import { lazy, Suspense, useState } from 'react'
import { StatusLine } from './status-line.tsx'

const OverallPanel = lazy(() =>
  import('./status-panel.tsx').then(({ OverallStatusPanel }) => ({ default: OverallStatusPanel })),
)

/** The state of all lists in one sentence, the worst first. One of these or of `ListStatus` is enough for a page. */
export function OverallStatus() {
  const status = useStatus(undefined, { smooth: true })
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <StatusLine status={status} onOpen={() => setOpen(true)} />
      {isOpen && (
        <Suspense>
          <OverallPanel onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
