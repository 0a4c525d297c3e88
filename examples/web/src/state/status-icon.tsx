import type { Status } from '@tandem/client-sdk'
import { Check, CloudOff, CloudUpload, LoaderCircle, TriangleAlert } from 'lucide-react'

const ICONS = {
  loading: LoaderCircle,
  synced: Check,
  saving: CloudUpload,
  offline: CloudOff,
  attention: TriangleAlert,
} as const satisfies Record<Status['state'], unknown>

/** A shape for each state, so that nobody needs its colour. */
export function StatusIcon({ state }: { state: Status['state'] }) {
  const Icon = ICONS[state]
  return <Icon className="status-icon" size={16} aria-hidden />
}
