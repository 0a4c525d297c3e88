import { type ComponentType, createElement, type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { wordsNow } from '../words/use-words.ts'
import { toast } from './toast-store.ts'

export interface Later<Props> {
  (props: Props): ReactNode
  /** Fetches it ahead. Rejects when it cannot be had. */
  load(): Promise<void>
}

/** A page whose code could not be fetched, on a first visit that lost its network. */
export class PartMissing extends Error {}

/**
 * A component whose code comes when it is first drawn, or ahead by `load`; nothing is shown until then. A window (what has `onClose`)
 * that cannot be fetched says so and closes, and the page under it goes on; opened again, it is tried again. A page throws `PartMissing`;
 * an extra, which nobody asked for, stays away.
 *
 * React's `lazy` would remember the failure, and holds back for 300 ms what it has once shown as missing, also where the code is there
 * by then: a first menu would open late, and a first page.
 */
export function later<Props extends object>(
  fetch: () => Promise<ComponentType<Props>>,
  { isExtra = false }: { readonly isExtra?: boolean } = {},
): Later<Props> {
  let loaded: ComponentType<Props> | null = null
  const load = async (): Promise<void> => {
    loaded ??= await fetch()
  }

  function Shown(props: Props): ReactNode {
    const [outcome, setOutcome] = useState<'there' | 'missing' | null>(null)
    const isMissing = loaded === null
    const miss = useEffectEvent(() => {
      const { onClose } = props as { readonly onClose?: () => void }
      if (onClose === undefined) return setOutcome('missing')
      toast(wordsNow().state.partMissing)
      onClose()
    })
    useEffect(() => {
      if (!isMissing) return
      let isWanted = true
      load().then(
        () => isWanted && setOutcome('there'),
        () => isWanted && miss(),
      )
      return () => {
        isWanted = false
      }
    }, [isMissing])
    if (loaded !== null) return createElement(loaded, props)
    if (outcome === 'missing' && !isExtra) throw new PartMissing()
    return null
  }

  return Object.assign(Shown, { load })
}
