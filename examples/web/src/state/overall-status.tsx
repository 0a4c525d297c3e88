import { useStatus } from '@tandem/client-sdk/react'
import { StatusLine } from './status-line.tsx'

/** The state of all lists in one sentence. */
export function OverallStatus() {
  return <StatusLine status={useStatus(undefined, { smooth: true })} />
}
