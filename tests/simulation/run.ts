import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { ListId, UserId } from '@tandem/persistence'
import { createMemoryCluster, createMemoryStorage, type MemoryCluster } from '@tandem/persistence/memory'
import { RawClient } from '../support/raw-client.ts'
import type { SeededRandom } from '../support/seed.ts'
import { until } from '../support/until.ts'
import { act } from './actions.ts'
import { differing, fingerprint, replayed, screenDifference } from './copies.ts'
import { Device, tokenOf } from './device.ts'
import { type MortalNode, startMortalNode } from './mortal-node.ts'
import { quickTime } from './quick-time.ts'

export interface RunResult {
  readonly actions: number
  readonly cuts: number
  readonly crashes: number
  readonly reloads: number
  readonly outages: number
  /** Rows of the log. */
  readonly rows: number
  readonly items: number
  /** What must be equal, one per place it was read from. */
  readonly states: ReadonlyMap<string, string>
  /** Items somebody made that are nowhere. */
  readonly lost: readonly string[]
  readonly errors: readonly unknown[]
}

/** One random schedule: three to five people on two nodes, with everything that may happen to a network, a page and a server. */
export async function runSchedule(random: SeededRandom, steps: number): Promise<RunResult> {
  const cluster = createMemoryCluster()
  const { directory, grants } = createMemoryStorage({ cluster })
  const people = Array.from({ length: 3 + random.int(3) }, (_, n) => `u_person${n}`)
  const listId = randomUUID() as ListId
  for (const id of people) await directory.ensureUser({ id: id as UserId, name: id })
  await directory.createList({ id: listId, ownerId: people[0] as UserId, title: 'Groceries' })
  for (const id of people.slice(1)) {
    const by = people[0] as UserId
    await grants.grant({ listId, userId: id as UserId, role: 'editor', by, may: () => true })
  }
  const nodes: MortalNode[] = [await startMortalNode(cluster), await startMortalNode(cluster)]
  const environment = quickTime(() => random.next())
  const devices = people.map(
    (userId) => new Device({ userId, listId, directory, environment, port: () => random.pick(nodes).port }),
  )
  const made = new Set<string>()
  const counts = { actions: 0, cuts: 0, crashes: 0, reloads: 0, outages: 0 }
  try {
    for (let step = 0; step < steps; step++) {
      // Sometimes several things happen in one breath, and sometimes the network has time to carry them.
      if (random.int(3) > 0) await pause(random.int(12))
      const device = random.pick(devices)
      const dice = random.int(100)
      if (dice < 6) {
        device.network.cut()
        counts.cuts++
      } else if (dice < 12) {
        device.network.restore()
      } else if (dice < 14) {
        device.network.stall()
      } else if (dice < 17) {
        await device.reload(random.int(2) === 0)
        counts.reloads++
      } else if (dice < 19) {
        await crash(nodes, cluster, random)
        counts.crashes++
      } else if (dice < 21) {
        cluster.setOutage(random.int(2) === 0 ? 'The database is away.' : null)
        counts.outages++
      } else {
        act(device.list, random, made)
        counts.actions++
      }
    }
    cluster.setOutage(null)
    for (const device of devices) device.network.restore()
    const isSynced = (): boolean =>
      devices.every((device) => device.list.status.getSnapshot().state === 'synced')
    await until(isSynced, { timeoutMs: 20_000, what: 'everybody synced' }).catch((error) => {
      const states = devices.map((device) => JSON.stringify(device.list.status.getSnapshot()))
      throw new Error(`${(error as Error).message}; ${states.join(', ')}`)
    })
    const port = nodes[0]?.port ?? 0
    const reader = new RawClient({
      url: `ws://127.0.0.1:${port}/sync`,
      token: tokenOf(people[0] ?? ''),
      listId,
    })
    await reader.synced
    await until(async () => (await differing(devices, reader.document)) === 0, {
      timeoutMs: 20_000,
      what: 'all copies to be equal',
    }).catch(() => undefined)
    const states = new Map([['server', fingerprint(reader.document)]])
    states.set('log', fingerprint(replayed(cluster, listId)))
    for (const device of devices) {
      states.set(`${device.userId} disk`, fingerprint(await device.stored()))
      states.set(
        `${device.userId} screen`,
        fingerprint(reader.document) + screenDifference(device, devices[0] ?? device),
      )
    }
    reader.drop()
    const items = reader.document.getMap('items')
    return {
      ...counts,
      rows: cluster.lists.get(listId)?.headSeq ?? 0,
      items: items.size,
      states,
      lost: [...made].filter((id) => !items.has(id)),
      errors: devices.flatMap((device) => device.errors),
    }
  } finally {
    await Promise.all(devices.map((device) => device.client.close()))
    await Promise.all(nodes.map((node) => node.crash()))
  }
}

async function crash(nodes: MortalNode[], cluster: MemoryCluster, random: SeededRandom): Promise<void> {
  const index = random.int(nodes.length)
  const node = nodes[index]
  if (node === undefined) return
  await node.crash()
  nodes[index] = await startMortalNode(cluster)
}
