import { useEffect, useState } from 'react'
import { createEnvironment } from '../environment.ts'
import type { List } from '../list/types.ts'
import type { ClientStatus, Readable, Status } from '../types.ts'
import { useClient } from './provider.ts'
import { useValue } from './value.ts'

/** "Saving" that is over sooner than this is not worth a flicker. */
const SMOOTH_MS = 400

/**
 * The status of a list, or of all lists together.
 *
 * With `smooth`, `saving` is shown only after 400 ms; every other state is shown at once, and so is `saving` after anything but `synced`.
 * Smoothing never hides that something waits for longer than that.
 */
export function useStatus(list?: List, options?: { readonly smooth?: boolean }): Status {
  const client = useClient()
  const source: Readable<Status | ClientStatus> = list?.status ?? client.status
  const status = useValue(source, statusOf)
  return useSmooth(status, options?.smooth === true)
}

function statusOf(value: Status | ClientStatus): Status {
  return 'summary' in value ? value.summary : value
}

function useSmooth(status: Status, isOn: boolean): Status {
  const [shown, setShown] = useState(status)
  const isDelayed = isOn && status.state === 'saving' && shown.state === 'synced'
  useEffect(() => {
    if (!isDelayed) {
      setShown(status)
      return
    }
    return createEnvironment().setTimer(() => setShown(status), SMOOTH_MS)
  }, [status, isDelayed])
  return isDelayed ? shown : status
}
