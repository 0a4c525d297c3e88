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
  usePersistAfterFirstEdit()
  return (
    <section className="banners" aria-label={words.notices}>
      <StorageBanner />
      {signedOut !== null && (
        <Banner tone="bad" icon={LogOut} text={words.signedOut}>
          <button type="button" onClick={signedOut.onSignIn}>
            {words.signInAgain}
          </button>
        </Banner>
      )}
      <UpdateBanner />
      <InstallOffer />
    </section>
  )
}

/** Whoever closes the page now loses what is not on the server yet: the loudest thing there is to say. */
function StorageBanner() {
  const client = useClient()
  const { standing } = useValue(client.status)
  const words = useWords().state
  const all = Object.values(standing)
  const isFull = all.some(({ reason }) => reason === 'quota')
  if (!isFull && !all.some(({ reason }) => reason === 'storage-failed')) return null
  const waits = all.some(({ pending }) => pending > 0)
  return (
    <Banner tone="bad" icon={HardDrive} text={isFull ? words.storageFull : words.storageFailed}>
      {waits && (
        <button type="button" onClick={() => download(client.exportPending(), `${words.exportName}.json`)}>
          {words.exportAll}
        </button>
      )}
    </Banner>
  )
}
