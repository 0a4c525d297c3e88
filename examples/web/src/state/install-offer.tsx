import { Download } from 'lucide-react'
import { useWords } from '../words/use-words.ts'
import { Banner } from './banner.tsx'
import { declineInstall, install, useInstallOffer } from './install.ts'

/** Installing keeps the storage from being cleared, so it is offered to those who come back. */
export function InstallOffer() {
  const words = useWords().state
  const way = useInstallOffer()
  if (way === null) return null
  return (
    <Banner tone="calm" icon={Download} text={way === 'ios' ? words.installIos : words.install}>
      {way === 'prompt' && (
        <button type="button" onClick={() => void install()}>
          {words.installNow}
        </button>
      )}
      <button type="button" className="quiet" onClick={declineInstall}>
        {words.notNow}
      </button>
    </Banner>
  )
}
