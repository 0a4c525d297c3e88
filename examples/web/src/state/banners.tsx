import { useClient, useValue } from '@tandem/client-sdk/react'
import { HardDrive, LogOut } from 'lucide-react'
import { useWords } from '../words/use-words.ts'
import { Banner } from './banner.tsx'
import { download } from './download.ts'
import { InstallOffer } from './install-offer.tsx'
import { usePersistAfterFirstEdit } from './persistence.ts'
import { UpdateBanner } from './update-banner.tsx'
import './state.css'

interface Props {
  /** Set while the server does not know this person any more. */
  readonly signedOut?: { readonly onSignIn: () => void } | null
}

/** What concerns the whole app and stays until it is over. Below `ClientProvider`, above every page. */
export function Banners({ signedOut = null }: Props) {
  const words = useWords().state
  const trouble = useStorageTrouble()
  usePersistAfterFirstEdit()
  return (
    <section className="banners" aria-label={words.notices}>
      {trouble !== null && <StorageBanner reason={trouble} />}
      {signedOut !== null && (
        <Banner tone="bad" icon={LogOut} text={words.signedOut}>
          <button type="button" onClick={signedOut.onSignIn}>
            {words.signInAgain}
          </button>
        </Banner>
      )}
      <UpdateBanner />
      {trouble === null && signedOut === null && <InstallOffer />}
    </section>
  )
}

type StorageTrouble = 'quota' | 'storage-failed'

function useStorageTrouble(): StorageTrouble | null {
  const reasons = Object.values(useValue(useClient().status).standing).map(({ reason }) => reason)
  if (reasons.includes('quota')) return 'quota'
  return reasons.includes('storage-failed') ? 'storage-failed' : null
}

/** Whoever closes the page now loses what is not on the server yet: the loudest thing there is to say. */
function StorageBanner({ reason }: { reason: StorageTrouble }) {
  const client = useClient()
  const { summary, standing } = useValue(client.status)
  const words = useWords().state
  const waits = Object.values(standing).some(({ pending }) => pending > 0)
  return (
    <Banner tone="bad" icon={HardDrive} text={reason === 'quota' ? words.storageFull : words.storageFailed}>
      {summary.state === 'attention' && summary.reason === reason && (
        <button type="button" onClick={() => void summary.retry()}>
          {words.tryAgain}
        </button>
      )}
      {waits && (
        <button type="button" onClick={() => download(client.exportPending(), `${words.exportName}.json`)}>
          {words.exportAll}
        </button>
      )}
    </Banner>
  )
}
