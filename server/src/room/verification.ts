import { isStorageError } from '@tandem/persistence'
import { fewAtATime } from '../few-at-a-time.ts'
import { repeat } from '../socket/heartbeat.ts'
import { type Access, end } from './access.ts'
import type { HubCore } from './core.ts'
import { unverified } from './denial.ts'
import { ASK_AT_ONCE, ask, everybody } from './revoke.ts'
import { recheckCredential } from './sessions.ts'

/** Looks this many times an interval, so that not everybody who came at the same time is asked about at the same time for ever. */
const LOOKS = 6

/**
 * Keeps every open list's rights no older than the interval.
 *
 * While they cannot be read, readers go on until `trustAccessMs` and nobody writes (`write-ahead.ts`): whose rights are in doubt
 * is closed with a reason to come back, and is let in again as soon as they can be read.
 */
export function verifyRegularly(core: HubCore): () => void {
  let isUnderway = false
  return repeat(core.deps.clock, core.deps.limits.verifyAccessMs / LOOKS, () => {
    if (isUnderway || core.isDraining) return
    isUnderway = true
    void verifyAll(core).finally(() => {
      isUnderway = false
    })
  })
}

/** Never rejects. */
async function verifyAll(core: HubCore): Promise<void> {
  const { verifyAccessMs, trustAccessMs } = core.deps.limits
  const isOlderThan = ({ verified }: Access, ms: number) => core.elapsedMs() - verified.atMs >= ms
  const due = everybody(core).filter(
    (access) => !access.isEnded && (access.verified.isInDoubt || isOlderThan(access, verifyAccessMs)),
  )
  let isAway = false
  await fewAtATime(ASK_AT_ONCE, due, async (access) => {
    if (isAway) {
      access.verified = { ...access.verified, isInDoubt: true }
      return
    }
    const fault = await ask(core, access)
    if (fault === null) await recheckCredential(core, access)
    // The others' questions would only wait for the same end.
    if (isStorageError(fault, 'storage-unreachable')) isAway = true
  })
  for (const access of everybody(core)) {
    if (access.verified.isInDoubt && isOlderThan(access, trustAccessMs)) end(access, unverified())
  }
}
