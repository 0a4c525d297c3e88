import type { List } from '@tandem/client-sdk'
import { useStatus } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { later } from '../ui/later.tsx'
import { StatusLine } from './status-line.tsx'

const ListPanel = later(() => import('./status-panel.tsx').then(({ ListStatusPanel }) => ListStatusPanel))

/** What is saved where, in words, beside the title. Pressed, it shows what waits and what can be done about it. */
export function ListStatus({ list }: { list: List }) {
  const status = useStatus(list, { smooth: true })
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <StatusLine status={status} onOpen={() => setOpen(true)} />
      {isOpen && <ListPanel list={list} onClose={() => setOpen(false)} />}
    </>
  )
}
