import { useMemo } from 'react'
import { createEnvironment } from '../environment.ts'
import type { List } from '../list/types.ts'
import type { Client, Readable, Status } from '../types.ts'
import { useClient } from './provider.ts'
import { smooth } from './smooth.ts'
import { useValue } from './value.ts'

/**
 * The status of a list, or of all lists together.
 *
 * With `smooth`, `saving` is shown only after 400 ms; every other state is shown at once, and so is `saving` after anything but `synced`.
 * Smoothing never hides that something waits for longer than that.
 */
export function useStatus(list?: List, options?: { readonly smooth?: boolean }): Status {
  const client = useClient()
  const isSmooth = options?.smooth === true
  const status = useMemo(() => {
    const source = list?.status ?? summaryOf(client)
    return isSmooth ? smooth(source, createEnvironment().setTimer) : source
  }, [client, list, isSmooth])
  return useValue(status)
}

function summaryOf({ status }: Client): Readable<Status> {
  return {
    getSnapshot: () => status.getSnapshot().summary,
    getServerSnapshot: () => status.getServerSnapshot().summary,
    subscribe: (onChange) => status.subscribe(onChange),
  }
}
