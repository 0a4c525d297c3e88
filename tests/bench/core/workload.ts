import { RawClient } from '../../support/raw-client.ts'

export interface Seat {
  readonly listId: string
  readonly token: string
  readonly userId: string
}

export interface WorkloadOptions {
  readonly url: string
  /** Every member of every list, five in a row per list. */
  readonly seats: readonly Seat[]
  readonly itemsPerList: number
  readonly editsPerSecond: number
  readonly seconds: number
}

export interface WorkloadResult {
  readonly edits: number
  readonly refused: number
  /** Milliseconds from the moment the edit was due. */
  readonly acknowledged: number[]
  /** Milliseconds from the moment the edit was due until another member has it. */
  readonly propagated: number[]
}

export interface Workload {
  run(): Promise<WorkloadResult>
  close(): void
}

/** Connects everybody, creates the items, and is then ready to be measured. */
export async function prepareWorkload(o: WorkloadOptions): Promise<Workload> {
  const due = new Map<string, number>()
  const acknowledged: number[] = []
  const propagated: number[] = []
  const waiting: number[][] = o.seats.map(() => [])
  let refused = 0
  let isMeasuring = false

  // One member of each list listens. Five documents per list would make this process the bottleneck, and not the server.
  const listeners = new Map(o.seats.map((seat, index) => [seat.listId, index]))
  const clients = o.seats.map((seat, index) => {
    const client = new RawClient({
      isDeaf: listeners.get(seat.listId) !== index,
      url: o.url,
      token: seat.token,
      listId: seat.listId,
      onAck: (accepted) => {
        const since = waiting[index]?.shift()
        if (!accepted) refused++
        if (isMeasuring && since !== undefined) acknowledged.push(performance.now() - since)
      },
    })
    client.document.getMap('items').observe((event) => {
      if (event.transaction.local) return
      for (const key of event.keysChanged) {
        const register = event.target.get(key) as [number, string, number] | undefined
        const since = Array.isArray(register) ? due.get(`${seat.listId}:${register[0]}`) : undefined
        if (isMeasuring && since !== undefined) propagated.push(performance.now() - since)
      }
    })
    return client
  })
  await Promise.all(clients.map((client) => client.synced))
  const settled = () => clients.every((client) => client.unanswered === 0)
  // The handshake's own batch is answered too; only then do acknowledgements and edits pair up.
  while (!settled()) await pause(5)

  const firstOfList = new Set<string>()
  for (const [index, client] of clients.entries()) {
    const seat = o.seats[index]
    if (seat === undefined || firstOfList.has(seat.listId)) continue
    firstOfList.add(seat.listId)
    waiting[index]?.push(performance.now())
    client.document.transact(() => {
      for (let n = 0; n < o.itemsPerList; n++)
        client.document.getMap('items').set(itemId(n), record(n, seat.userId))
    })
  }
  while (!settled()) await pause(5)

  // Everybody edits items of their own: who does not listen must not contend for a register.
  const edit = (n: number, at: number): void => {
    const index = (n * 7) % clients.length
    const seat = o.seats[index]
    const client = clients[index]
    if (seat === undefined || client === undefined) return
    due.set(`${seat.listId}:${n}`, at)
    waiting[index]?.push(at)
    client.document
      .getMap('items')
      .set(`${itemId(index % o.itemsPerList)}/x-n`, [n, seat.userId, 1_700_000_000_000 + n])
  }

  return {
    run: async () => {
      isMeasuring = true
      const start = performance.now()
      const total = o.editsPerSecond * o.seconds
      let made = 0
      while (made < total) {
        const dueCount = Math.min(total, Math.floor(((performance.now() - start) * o.editsPerSecond) / 1000))
        for (; made < dueCount; made++) edit(made, start + (made * 1000) / o.editsPerSecond)
        await pause(1)
      }
      const giveUp = performance.now() + 30_000
      while (!settled() && performance.now() < giveUp) await pause(5)
      await pause(200)
      isMeasuring = false
      return { edits: total, refused, acknowledged, propagated }
    },
    close: () => {
      for (const client of clients) client.drop()
    },
  }
}

export function itemId(n: number): string {
  return `item${String(n).padStart(8, '0')}`
}

export function record(n: number, by: string): Record<string, unknown> {
  return { title: `Item ${n}`, order: orderKey(n), by, at: 1_700_000_000_000 + n }
}

/** Fixed-width base-62 keys under one integer head sort as their numbers do. */
function orderKey(n: number): string {
  return `a0${n.toString(36).padStart(6, '0')}V`
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
