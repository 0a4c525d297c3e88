import type { List } from '@tandem/client-sdk'
import { useStatus } from '@tandem/client-sdk/react'
import { StatusLine } from './status-line.tsx'

/** What is saved where, in words, beside the title. */
export function ListStatus({ list }: { list: List }) {
  return <StatusLine status={useStatus(list, { smooth: true })} />
}
