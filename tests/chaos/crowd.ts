import type { Guest } from '../support/people.ts'
import { RawClient } from '../support/raw-client.ts'
import type { SeededRandom } from '../support/seed.ts'
import { until } from '../support/until.ts'

export interface CrowdLists {
  readonly owner: Guest
  readonly listIds: readonly string[]
}

/**
 * People who add items at a rate and remember which were acknowledged. They forget everything else: what they hold
 * when the server dies is not sent again, so an item that is there afterwards can only come from the server's storage.
 */
export class Crowd {
  /** `listId/itemId` of everything the server said is saved. */
  readonly acknowledged = new Set<string>()
  made = 0
  readonly #clients: { client: RawClient; listId: string; waiting: string[] }[] = []
  readonly #lists: CrowdLists
  readonly #prefix: string
  #timer: NodeJS.Timeout | null = null

  constructor(lists: CrowdLists, prefix: string) {
    this.#lists = lists
    this.#prefix = prefix
  }

  async connect(wsUrl: string, perList: number): Promise<void> {
    for (const listId of this.#lists.listIds) {
      for (let n = 0; n < perList; n++) {
        const waiting: string[] = []
        const client = new RawClient({
          url: `${wsUrl}/sync`,
          token: this.#lists.owner.token,
          listId,
          onAck: (accepted) => {
            const id = waiting.shift()
            if (accepted && id !== undefined) this.acknowledged.add(`${listId}/${id}`)
          },
        })
        this.#clients.push({ client, listId, waiting })
      }
    }
    await Promise.all(this.#clients.map(({ client }) => client.synced))
    await this.settled(20_000)
  }

  /** Open loop: edits become due by the clock, whether the server keeps up or not. */
  start(editsPerSecond: number, random: SeededRandom): void {
    const start = performance.now()
    const already = this.made
    this.#timer = setInterval(() => {
      const due = already + Math.floor(((performance.now() - start) * editsPerSecond) / 1000)
      while (this.made < due) this.#add(random)
    }, 5)
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  /** Everything sent has been answered. */
  async settled(timeoutMs: number): Promise<void> {
    await until(() => this.#clients.every(({ client }) => client.unanswered === 0), {
      timeoutMs,
      what: 'answers to every edit',
    })
  }

  leave(): void {
    this.stop()
    for (const { client } of this.#clients) client.drop()
    this.#clients.length = 0
  }

  #add(random: SeededRandom): void {
    const id = `${this.#prefix}-${String(this.made++).padStart(8, '0')}`
    const member = random.pick(this.#clients)
    member.waiting.push(id)
    member.client.document.getMap('items').set(id, {
      title: `Item ${id}`,
      order: 'a0V',
      by: this.#lists.owner.userId,
      at: 1_700_000_000_000,
    })
  }
}
