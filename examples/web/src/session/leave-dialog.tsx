import { useClient, useValue } from '@tandem/client-sdk/react'
import { useEffect, useEffectEvent, useState } from 'react'
import { WhatWaits } from '../state/what-waits.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useWords } from '../words/use-words.ts'

interface Props {
  readonly isGuest: boolean
  readonly onLeave: () => void
  readonly onClose: () => void
}

/** What signing out would lose, list by list, and the three ways on: to export it, to wait for the server, or to lose it. */
export function LeaveDialog({ isGuest, onLeave, onClose }: Props) {
  const words = useWords()
  const { leaving } = words.session
  const { standing } = useValue(useClient().status)
  const [isWaiting, setWaiting] = useState(false)
  const count = Object.values(standing).reduce((sum, one) => sum + one.pending + one.refused, 0)
  const leave = useEffectEvent(onLeave)

  useEffect(() => {
    if (isWaiting && count === 0) leave()
  }, [isWaiting, count])

  return (
    <Dialog role="alertdialog" title={leaving.title} closeWords={words.shell.close} onClose={onClose}>
      {isGuest && <p>{leaving.guest}</p>}
      {count > 0 && <p>{leaving.pending(count)}</p>}
      {count === 0 && !isGuest && <p>{leaving.saved}</p>}
      {count > 0 && <WhatWaits onLeave={onClose} />}
      {isWaiting && <p role="status">{leaving.waiting}</p>}
      <div className="row wrap">
        <button type="button" className="primary" onClick={onClose}>
          {leaving.stay}
        </button>
        {count > 0 && !isWaiting && (
          <button type="button" onClick={() => setWaiting(true)}>
            {leaving.wait}
          </button>
        )}
        <button type="button" className="danger" onClick={onLeave}>
          {count > 0 ? leaving.discard : leaving.leave}
        </button>
      </div>
    </Dialog>
  )
}
