import { type ComponentType, type FunctionComponent, useEffect, useState } from 'react'
import { wordsNow } from '../words/use-words.ts'
import { toast } from './toast-store.ts'

/**
 * A window whose code comes when it is first opened. Where it cannot be fetched, on a first visit that lost its network, it says so and
 * closes, and the page under it goes on; opened again, it is tried again. (`lazy` would remember the failure, and take the page with it.)
 */
export function later<Props extends { readonly onClose: () => void }>(
  load: () => Promise<ComponentType<Props>>,
): FunctionComponent<Props> {
  let loaded: ComponentType<Props> | null = null
  return function Later(props: Props) {
    const [Part, setPart] = useState<ComponentType<Props> | null>(() => loaded)
    useEffect(() => {
      if (loaded !== null) return
      let isWanted = true
      const use = (found: ComponentType<Props>): void => {
        loaded = found
        if (isWanted) setPart(() => found)
      }
      const miss = (): void => {
        if (!isWanted) return
        toast(wordsNow().state.partMissing)
        props.onClose()
      }
      load().then(use, miss)
      return () => {
        isWanted = false
      }
    }, [props.onClose])
    return Part === null ? null : <Part {...props} />
  }
}
