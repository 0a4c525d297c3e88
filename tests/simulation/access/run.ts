import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { ClientError } from '@tandem/client-sdk'
import type { ListId, UserId } from '@tandem/persistence'
import { createMemoryCluster, createMemoryStorage, type MemoryCluster } from '@tandem/persistence/memory'
import { type SeededRandom, seededRandom } from '../../support/seed.ts'
import { Device } from '../device.ts'
import { startMortalNode } from '../mortal-node.ts'
import { quickTime } from '../quick-time.ts'
import { type ChangeKind, drawChange, type PeopleNode, perform, type Stage, VERIFY_MS } from './changes.ts'
import { doSomething } from './deeds.ts'
import { Diary } from './diary.ts'
import { examine, type Findings } from './examine.ts'
import { heal } from './heal.ts'
import { Witness } from './witness.ts'

export interface Person {
  readonly userId: UserId
  readonly device: Device
  readonly diary: Diary
}

export interface AccessRun extends Findings {
  readonly actions: number
  readonly cuts: number
  readonly crashes: number
  readonly reloads: number
  readonly outages: number
  readonly changes: Readonly<Partial<Record<ChangeKind, number>>>
  readonly rows: number
  readonly errors: readonly unknown[]
}

/** What these failures say is said on purpose: people try what they may not, and lose what they had. */
const EXPECTED: ReadonlySet<string> = new Set([
  'forbidden',
  'not-allowed',
  'access-revoked',
  'update-rejected',
  'not-found',
])

/** One random schedule: people on two nodes edit while the owner changes who may do what, and everything fails that may fail. */
export async function runAccessSchedule(random: SeededRandom, steps: number): Promise<AccessRun> {
  const cluster = createMemoryCluster()
  const storage = createMemoryStorage({ cluster })
  const listId = randomUUID() as ListId
  // No name of an assignee begins like this: where one of these ids stands in the list, its bearer has written.
  const people = Array.from({ length: 4 + random.int(2) }, (_, n) => `u_member${n}` as UserId)
  const delays = seededRandom('delays', random.int(2 ** 31))
  const witness = new Witness({ cluster, listId, people, delays })
  await populate(storage, listId, people)
  const nodes = [await startPeopleNode(cluster, witness), await startPeopleNode(cluster, witness)]
  const stage: Stage = { listId, people, witness, storage, nodes: () => nodes }
  const environment = quickTime(() => random.next())
  const port = (): number => random.pick(nodes).port
  const crowd: Person[] = people.map((userId) => {
    const device = new Device({ userId, listId, directory: storage.directory, environment, port })
    return { userId, device, diary: new Diary(device, witness) }
  })
  const counts = { actions: 0, cuts: 0, crashes: 0, reloads: 0, outages: 0 }
  const changes: Partial<Record<ChangeKind, number>> = {}
  const underway: Promise<void>[] = []
  const change = async (): Promise<void> => {
    const drawn = drawChange(stage, random)
    if (drawn === null || cluster.outage !== null) return
    const isDone = await perform(stage, random.pick(nodes), drawn)
    if (isDone) changes[drawn.kind] = (changes[drawn.kind] ?? 0) + 1
  }
  try {
    for (let step = 0; step < steps; step++) {
      if (random.int(3) > 0) await pause(random.int(12))
      const { device, diary } = random.pick(crowd)
      const dice = random.int(100)
      if (dice < 6) {
        device.network.cut()
        counts.cuts++
      } else if (dice < 13) {
        device.network.restore()
      } else if (dice < 15) {
        device.network.stall()
      } else if (dice < 18) {
        await device.reload(random.int(2) === 0)
        diary.watch()
        counts.reloads++
      } else if (dice < 20) {
        await crash(nodes, { cluster, witness, random })
        counts.crashes++
      } else if (dice < 22) {
        cluster.setOutage(cluster.outage === null ? 'The database is away.' : null)
        counts.outages++
      } else if (dice < 36) {
        // Mostly at the same time as what comes next.
        const changing = change()
        underway.push(changing)
        if (random.int(3) === 0) await Promise.race([changing, pause(30)])
      } else if (dice < 39) {
        askAgain(device)
      } else {
        for (let n = 1 + random.int(3); n > 0; n--) {
          doSomething(device.list, random, diary)
          counts.actions++
        }
      }
    }
    cluster.setOutage(null)
    await Promise.all(underway)
    await heal({ stage, crowd })
    return {
      ...(await examine({ stage, crowd, cluster })),
      ...counts,
      changes,
      rows: witness.rows().length,
      errors: crowd.flatMap(({ device }) =>
        device.errors.filter((error) => !(error instanceof ClientError && EXPECTED.has(error.code))),
      ),
    }
  } finally {
    await Promise.all(crowd.map(({ device }) => device.client.close()))
    await Promise.all(nodes.map((node) => node.crash()))
  }
}

async function populate(
  { directory, grants }: ReturnType<typeof createMemoryStorage>,
  listId: ListId,
  people: readonly UserId[],
): Promise<void> {
  const [owner, ...others] = people
  if (owner === undefined) throw new Error('A list needs people')
  for (const id of people) await directory.ensureUser({ id, name: id })
  await directory.createList({ id: listId, ownerId: owner, title: 'Groceries' })
  for (const userId of others)
    await grants.grant({ listId, userId, role: 'editor', by: owner, may: () => true })
}

async function startPeopleNode(cluster: MemoryCluster, witness: Witness): Promise<PeopleNode> {
  const { seat, between } = witness.seat()
  const limits = { verifyAccessMs: VERIFY_MS, trustAccessMs: 2 * VERIFY_MS }
  const node = await startMortalNode(cluster, { between, limits })
  const { crash: die } = node
  let tell: () => void = () => undefined
  const died = new Promise<void>((resolve) => {
    tell = resolve
  })
  const crash = async (): Promise<void> => {
    const dying = die()
    tell()
    witness.gone(seat)
    await dying
  }
  return Object.assign(node, { seat, died, crash })
}

async function crash(
  nodes: PeopleNode[],
  o: { cluster: MemoryCluster; witness: Witness; random: SeededRandom },
): Promise<void> {
  const index = o.random.int(nodes.length)
  const node = nodes[index]
  if (node === undefined) return
  await node.crash()
  nodes[index] = await startPeopleNode(o.cluster, o.witness)
}

/** What a person can do who reads that they have no access, or that something could not be saved. */
function askAgain(device: Device): void {
  const status = device.list.status.getSnapshot()
  if (status.state === 'attention') void status.retry().catch(() => undefined)
}
