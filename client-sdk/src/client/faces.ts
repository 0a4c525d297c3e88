import { type Mirror, readMirror } from '../across/mirror.ts'
import type { Environment } from '../connection/port.ts'
import type { DeviceStore } from '../local/port.ts'
import type { Id } from '../types.ts'
import { fieldsOf, numberOf } from './fields.ts'

/** Under what name the device keeps it. */
const FACT = 'face'
/** Somebody writes in another tab: many changes are one look. */
const GATHER_MS = 500

/** What an overview shows of a list beside its title. */
export interface Face {
  readonly icon: string | null
  readonly open: number
  readonly done: number
}

export interface FacesHost {
  readonly store: Pick<DeviceStore, 'load' | 'facts' | 'putFact'>
  readonly environment: Environment
  /** Open here, where its own screen is asked, or over. */
  readonly isExempt: (id: Id) => boolean
  readonly changed: () => void
}

/**
 * What lists that are not open look like in an overview, so that nothing has to be opened for it. A convenience: what the device does
 * not tell is not shown.
 */
export class Faces {
  readonly #host: FacesHost
  readonly #faces = new Map<Id, Face>()
  readonly #stale = new Set<Id>()
  #cancel: (() => void) | null = null
  #isClosed = false

  constructor(host: FacesHost) {
    this.#host = host
  }

  of(id: Id): Face | null {
    return this.#faces.get(id) ?? null
  }

  /** Never rejects. */
  async load(): Promise<void> {
    const facts = await this.#host.store.facts(FACT).catch(() => [])
    for (const { id, value } of facts) {
      const face = readFace(value)
      // What has been seen since is newer.
      if (face !== null && !this.#faces.has(id)) this.#faces.set(id, face)
    }
    if (facts.length > 0) this.#host.changed()
  }

  /** What has been read of a list. */
  read(id: Id, { icon, items, done, isEmpty }: Mirror): void {
    if (!isEmpty) this.see(id, { icon, open: items.length - done, done })
  }

  /** What a list shows now. */
  see(id: Id, { icon, open, done }: Face): void {
    this.#stale.delete(id)
    if (this.#isClosed) return
    const face = Object.freeze({ icon, open, done })
    if (isSame(this.#faces.get(id), face)) return
    this.#faces.set(id, face)
    this.#host.store.putFact(id, FACT, face).catch(() => {})
    this.#host.changed()
  }

  /** What is on the device of this list has changed. */
  expire(id: Id): void {
    this.#stale.add(id)
    this.#cancel ??= this.#host.environment.setTimer(() => {
      this.#cancel = null
      // Never rejects.
      void this.#look()
    }, GATHER_MS)
  }

  sweep(isOver: (id: Id) => boolean): void {
    for (const id of this.#faces.keys()) if (isOver(id)) this.#faces.delete(id)
  }

  close(): void {
    this.#isClosed = true
    this.#cancel?.()
  }

  async #look(): Promise<void> {
    for (const id of [...this.#stale]) {
      this.#stale.delete(id)
      if (this.#isClosed || this.#host.isExempt(id)) continue
      const loaded = await this.#host.store.load(id).catch(() => null)
      if (loaded === null || this.#host.isExempt(id)) continue
      this.read(id, readMirror(loaded, undefined))
    }
  }
}

function readFace(fact: unknown): Face | null {
  const { icon, open, done } = fieldsOf(fact)
  const [opens, dones] = [numberOf(open), numberOf(done)]
  if (opens === null || dones === null) return null
  return Object.freeze({ icon: typeof icon === 'string' ? icon : null, open: opens, done: dones })
}

function isSame(a: Face | undefined, b: Face): boolean {
  return a !== undefined && a.icon === b.icon && a.open === b.open && a.done === b.done
}
