import { useClient, useValue } from '@tandem/client-sdk/react'
import { RefreshCw } from 'lucide-react'
import { useWords } from '../words/use-words.ts'
import { Banner } from './banner.tsx'
import { download } from './download.ts'
import { useFollow, useNewVersion, usePending } from './new-version.ts'
import { letIn } from './service-worker.ts'

/** Offers the new version, and never in front of an edit that waits. Where the server takes the old page no more, it asks for it. */
export function UpdateBanner() {
  const client = useClient()
  const { standing } = useValue(client.status)
  const words = useWords().state
  const pending = usePending()
  const version = useNewVersion()
  const isTooOld = Object.values(standing).some(({ reason }) => reason === 'client-too-old')
  useFollow(version, pending, isTooOld)

  if (isTooOld && pending > 0) {
    return (
      <Banner tone="bad" icon={RefreshCw} text={words.tooOldPending(pending)}>
        <button
          type="button"
          onClick={() => {
            download(client.exportPending(), `${words.exportName}.json`)
            letIn()
          }}
        >
          {words.exportAndReload}
        </button>
      </Banner>
    )
  }
  if (!isTooOld && version === 'none') return null
  const text = pending > 0 ? words.newVersionAfter(pending) : words.newVersion
  return (
    <Banner tone={isTooOld ? 'warn' : 'calm'} icon={RefreshCw} text={isTooOld ? words.tooOld : text}>
      {pending === 0 && (
        <button type="button" onClick={letIn}>
          {words.reload}
        </button>
      )}
    </Banner>
  )
}
