import type { List, RoleChange } from '@tandem/client-sdk'
import { useAccess, useCan, useValue } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { MAY_WORDS } from './words.ts'

/** What this person may not do, and whoever has just changed that: locked fields without a word look broken. */
export function RoleNotice({ list }: { list: List }) {
  const access = useAccess(list)
  const can = useCan(list)
  const { role } = useValue(list.info)
  const [seen, setSeen] = useState<RoleChange | null>(null)
  if (access.state === 'ended' || role === null) return null

  const change = access.lastChange
  if (change !== null && change !== seen) {
    return (
      <div className="notice" role="status">
        <p>
          {change.byName ?? 'Somebody'} changed what you may do with this list: you {MAY_WORDS[change.role]}.
        </p>
        <div>
          <button type="button" onClick={() => setSeen(change)}>
            All right
          </button>
        </div>
      </div>
    )
  }
  return can.edit ? null : <p className="muted">You {MAY_WORDS[role]}.</p>
}
