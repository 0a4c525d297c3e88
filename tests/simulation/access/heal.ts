import { until } from '../../support/until.ts'
import { perform, type Stage } from './changes.ts'
import type { Person } from './run.ts'

export interface Scene {
  readonly stage: Stage
  readonly crowd: readonly Person[]
}

const ENOUGH_MS = 30_000

/** Everything works again, nobody does anything any more, and all that is on its way arrives. */
export async function heal({ stage, crowd }: Scene): Promise<void> {
  const { witness } = stage
  const [node] = stage.nodes()
  if (node === undefined) throw new Error('No node runs')
  const isDeleted = (): boolean => crowd.every(({ userId }) => witness.standing(userId).role === null)
  if (isDeleted()) await perform(stage, node, { kind: 'restore' })
  for (const { device } of crowd) device.network.restore()
  // Once settled it has to stay so: what is under way just now may still change it.
  let settledSince: number | null = null
  await until(
    () => {
      const isSettled = crowd.map((person) => settles(stage, person)).every(Boolean)
      if (!isSettled) settledSince = null
      else settledSince ??= performance.now()
      return settledSince !== null && performance.now() - settledSince > CALM_MS
    },
    { timeoutMs: ENOUGH_MS, what: 'everybody to be in or out as they should' },
  ).catch((error) => {
    const states = crowd.map(({ userId, device: { list } }) => {
      const { role } = witness.standing(userId)
      return `${userId} (${role ?? 'nobody'}): ${JSON.stringify(list.status.getSnapshot())}`
    })
    throw new Error(`${(error as Error).message}; ${states.join('\n')}`)
  })
}

const CALM_MS = 60

/** Whether this person is where they should be. Who is back in the list and has not noticed opens it again, as people do. */
function settles({ witness }: Stage, { userId, device: { list } }: Person): boolean {
  const isMember = witness.standing(userId).role !== null
  const { state } = list.access.getSnapshot()
  const status = list.status.getSnapshot()
  if (!isMember) return state === 'ended'
  if (state === 'ended') {
    if (status.state === 'attention') void status.retry().catch(() => undefined)
    return false
  }
  // Beside what was refused, and stays until somebody decides, nothing waits.
  if (status.state === 'attention') return status.reason === 'update-rejected' && status.pending === 0
  return status.state === 'synced'
}
