import { NAMES_FACT, type Names, NOBODY, namesOf, readNames } from '../list/names.ts'
import type { DeviceStore } from '../local/port.ts'
import { cell } from '../replica/cell.ts'
import { parseMembers } from '../sharing/parse.ts'
import type { Id, Readable } from '../types.ts'
import type { Request } from './request.ts'

type ByList = Readonly<Record<Id, Names>>

const NONE: ByList = Object.freeze({})

export interface KnownNamesHost {
  readonly store: Pick<DeviceStore, 'fact' | 'facts' | 'putFact'>
  readonly request: Request
  readonly isOver: (id: Id) => boolean
}

/** What the device remembers of the people of all lists. A convenience: a device that fails tells nothing, and says so elsewhere. */
export class KnownNames {
  readonly readable: Readable<ByList>
  readonly #host: KnownNamesHost
  readonly #names = cell<ByList>(NONE)
  #isClosed = false
  #isListed = false

  constructor(host: KnownNamesHost) {
    this.#host = host
    this.readable = {
      getSnapshot: () => this.#names.getSnapshot(),
      getServerSnapshot: () => NONE,
      subscribe: (onChange) => {
        // Another tab may have learned some since anybody looked.
        if (this.#names.watchers === 0) void this.#read()
        return this.#names.subscribe(onChange)
      },
    }
  }

  /** It is known which lists there are; before, every list looked like one that is over. */
  listed(): void {
    if (this.#isListed) return
    this.#isListed = true
    if (this.#names.watchers > 0) void this.#read()
  }

  learned(id: Id, names: Names): void {
    if (this.#isClosed || this.#host.isOver(id)) return
    const before = this.#names.getSnapshot()
    if (!isSame(before[id] ?? NOBODY, names)) this.#names.set(Object.freeze({ ...before, [id]: names }))
  }

  /** A list has come here that nobody has opened: its people are asked for once. Never rejects. */
  async ask(listId: Id): Promise<void> {
    const { store, request, isOver } = this.#host
    if ((await store.fact(listId, NAMES_FACT).catch(() => NOBODY)) !== undefined) return
    const path = `/lists/${listId}/members`
    const answer = await request({ method: 'GET', path, parse: parseMembers })
    if (answer.outcome !== 'ok' || this.#isClosed || isOver(listId)) return
    const names = Object.freeze(namesOf(answer.value))
    await store.putFact(listId, NAMES_FACT, names).catch(() => undefined)
    this.learned(listId, names)
  }

  /** Nobody of lists that are over is known any more. */
  sweep(): void {
    const before = Object.entries(this.#names.getSnapshot())
    const left = before.filter(([id]) => !this.#host.isOver(id))
    if (left.length < before.length) this.#names.set(Object.freeze(Object.fromEntries(left)))
  }

  close(): void {
    this.#isClosed = true
    this.#names.set(NONE)
  }

  async #read(): Promise<void> {
    const facts = await this.#host.store.facts(NAMES_FACT).catch(() => [])
    for (const { id, value } of facts) this.learned(id, readNames(value))
  }
}

function isSame(a: Names, b: Names): boolean {
  const ids = Object.keys(b)
  return ids.length === Object.keys(a).length && ids.every((id) => a[id] === b[id])
}
