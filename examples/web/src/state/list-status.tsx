import type { List } from '@tandem/client-sdk'
import { useStatus } from '@tandem/client-sdk/react'
import { lazy, Suspense, useState } from 'react'
import { StatusLine } from './status-line.tsx'

const ListPanel = lazy(() =>
  import('./status-panel.tsx').then(({ ListStatusPanel }) => ({ default: ListStatusPanel })),
)

/** What is saved where, in words, beside the title. Pressed, it shows what waits and what can be done about it. */
export function ListStatus({ list }: { list: List }) {
  const status = useStatus(list, { smooth: true })
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <StatusLine status={status} onOpen={() => setOpen(true)} />
      {isOpen && (
        <Suspense>
          <ListPanel list={list} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
