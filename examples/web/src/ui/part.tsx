import { type ComponentType, createElement, type ReactNode, useEffect, useState } from 'react'

export interface Part<Props> {
  (props: Props): ReactNode
  /** Fetches it ahead. Rejects when it cannot be had. */
  load(): Promise<void>
}

/**
 * A component whose code comes when it is first drawn, or ahead by `load`. Nothing is shown until then.
 *
 * React's own `lazy` would do, but what it has once shown as missing it holds back for 300 ms, also where the code is there already: a
 * first menu would open late, and a first page. A part that cannot be fetched is a fault of the page around it.
 */
export function part<Props extends object>(fetch: () => Promise<ComponentType<Props>>): Part<Props> {
  let loaded: ComponentType<Props> | null = null
  const load = async (): Promise<void> => {
    loaded ??= await fetch()
  }

  function Shown(props: Props): ReactNode {
    const [state, setState] = useState<{ readonly fault: unknown } | null>(null)
    const isMissing = loaded === null
    useEffect(() => {
      if (!isMissing) return
      let isOver = false
      load().then(
        () => isOver || setState({ fault: null }),
        (fault: unknown) => isOver || setState({ fault }),
      )
      return () => {
        isOver = true
      }
    }, [isMissing])
    if (state !== null && state.fault !== null) throw state.fault
    return loaded === null ? null : createElement(loaded, props)
  }

  return Object.assign(Shown, { load })
}
