import { useStatus } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { later } from '../ui/later.tsx'
import { StatusLine } from './status-line.tsx'

const OverallPanel = later(() =>
  import('./status-panel.tsx').then(({ OverallStatusPanel }) => OverallStatusPanel),
)

/** The state of all lists in one sentence, the worst first. One of these or of `ListStatus` is enough for a page. */
export function OverallStatus() {
  const status = useStatus(undefined, { smooth: true })
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <StatusLine status={status} onOpen={() => setOpen(true)} />
      {isOpen && <OverallPanel onClose={() => setOpen(false)} />}
    </>
  )
}
