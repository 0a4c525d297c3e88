import type { List } from '@tandem/client-sdk'
import { useCan, useValue } from '@tandem/client-sdk/react'
import { lazy, Suspense, useState } from 'react'

const ShareDialog = lazy(() =>
  import('./share-dialog.tsx').then(({ ShareDialog }) => ({ default: ShareDialog })),
)

/** Opens who has this list and what may be done about it. */
export function ShareButton({ list }: { list: List }) {
  const { title } = useValue(list.info)
  const can = useCan(list)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" disabled={title === ''} onClick={() => setOpen(true)}>
        {can.share ? 'Share' : 'People'}
      </button>
      {isOpen && (
        <Suspense>
          <ShareDialog list={list} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
