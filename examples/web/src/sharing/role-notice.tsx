import type { List, RoleChange } from '@tandem/client-sdk'
import { useAccess, useCan, useValue } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { Said } from '../ui/said.tsx'
import { useWords } from '../words/use-words.ts'

/** What this person may not do, and whoever has just changed that: locked fields without a word look broken. */
export function RoleNotice({ list }: { list: List }) {
  const words = useWords().sharing
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
          <Said>{words.mayChanged(change.byName, change.role)}</Said>
        </p>
        <div>
          <button type="button" onClick={() => setSeen(change)}>
            {words.allRight}
          </button>
        </div>
      </div>
    )
  }
  return can.edit ? null : <p className="muted">{words.youMay(role)}</p>
}
