import type { Device } from '../device.ts'
import type { Witness } from './witness.ts'

interface Note {
  isAcknowledged: boolean
}

/** What one person made on their device, what they were told of it, and since when it is in their inbox. */
export class Diary {
  readonly made = new Map<string, Note>()
  /** By item or comment, since when. */
  inbox: ReadonlyMap<string, { readonly since: number; readonly code: string }> = new Map()
  readonly #device: Device
  readonly #witness: Witness
  #stop: () => void = () => undefined

  constructor(device: Device, witness: Witness) {
    this.#device = device
    this.#witness = witness
    this.watch()
  }

  /** Again after each load of the page: the list is another object then. */
  watch(): void {
    this.#stop()
    this.#stop = this.#device.list.refused.subscribe(() => this.look())
    this.look()
  }

  add(id: string, confirmed: Promise<void>): void {
    // Not made: the role does not allow it.
    if (id === '') return
    const note = { isAcknowledged: false }
    this.made.set(id, note)
    confirmed.then(
      () => {
        note.isAcknowledged = true
      },
      () => undefined,
    )
  }

  look(): void {
    const before = this.inbox
    const now = this.#witness.now()
    this.inbox = new Map(
      this.#device.list.refused.getSnapshot().flatMap(({ changes, code }) =>
        changes.flatMap((change) => {
          if (change.type !== 'put' || change.key.includes('/')) return []
          return [[change.key, before.get(change.key) ?? { since: now, code }] as const]
        }),
      ),
    )
  }
}
