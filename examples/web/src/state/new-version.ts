import { useEffect, useState } from 'react'

/** True once the service worker has fetched another shell than the one on the screen. Nobody is reloaded unasked. */
export function useNewVersion(): boolean {
  const [isNew, setNew] = useState(false)
  useEffect(() => {
    const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined
    const onMessage = (event: MessageEvent): void => {
      if (event.data === 'new-version') setNew(true)
    }
    worker?.addEventListener('message', onMessage)
    return () => worker?.removeEventListener('message', onMessage)
  }, [])
  return isNew
}
