import { decodeUpdate } from '../gate/decode.ts'

/** One accepted update between its verdict and its place in the document. */
export interface Entry {
  readonly update: Uint8Array
  /** Settled when the update is in the document, or when it is certain that it never will be. */
  readonly settled: Promise<void>
  settle(): void
}

/**
 * The accepted updates of one document that are being committed.
 *
 * The gate judges against the document, which does not show them yet. That matters only when a second update speaks of
 * the same structs: the resend of an edit whose connection was cut, a copied tab that uses the same client id, or another
 * value for the same field, of which the gate has to say which one stays. Such an update waits until the first is in the
 * document. All others are judged at once, so that one list can have many edits in the same group commit.
 */
export class InFlight {
  private readonly entries = new Map<Entry, Touched | null>()

  get size(): number {
    return this.entries.size
  }

  add(update: Uint8Array): Entry {
    let resolve: () => void = () => undefined
    const settled = new Promise<void>((done) => {
      resolve = done
    })
    const entry: Entry = {
      update,
      settled,
      settle: () => {
        if (this.entries.delete(entry)) resolve()
      },
    }
    this.entries.set(entry, null)
    return entry
  }

  /** The entries that speak of the same structs as `update`; null when it can be judged now. */
  overlapping(update: Uint8Array): Promise<unknown> | null {
    if (this.entries.size === 0) return null
    const mine = touchedBy(update)
    if (mine === null) return null
    const blockers: Promise<void>[] = []
    for (const [entry, known] of this.entries) {
      const theirs = known ?? touchedBy(entry.update)
      if (theirs === null) continue
      this.entries.set(entry, theirs)
      if (doOverlap(mine, theirs)) blockers.push(entry.settled)
    }
    return blockers.length === 0 ? null : Promise.all(blockers)
  }

  /** Resolves when everything that is in flight now has settled. */
  async idle(): Promise<void> {
    await Promise.all([...this.entries.keys()].map((entry) => entry.settled))
  }
}

interface Touched {
  /** Clients whose structs the update brings. */
  readonly writers: ReadonlySet<number>
  /** Map keys written for the first time: there is nothing yet that both would have written over. */
  readonly births: ReadonlySet<string>
  /** Removed ranges by writer, flat: clock, length, clock, length … */
  readonly deletes: ReadonlyMap<number, readonly number[]>
}

function touchedBy(update: Uint8Array): Touched | null {
  // As the gate reads it: Yjs would build every nested document it is sent, which takes a second a megabyte.
  const decoded = decodeUpdate(update)
  // The gate refuses it, so it need not wait for anybody.
  if ('refused' in decoded) return null
  const births = new Set<string>()
  for (const { structs } of decoded.sections.values()) {
    for (const { root, sub } of structs) if (root !== null && sub !== null) births.add(`${root}\n${sub}`)
  }
  return { writers: new Set(decoded.sections.keys()), births, deletes: decoded.removals }
}

function doOverlap(a: Touched, b: Touched): boolean {
  for (const client of a.writers) if (b.writers.has(client)) return true
  for (const key of a.births) if (b.births.has(key)) return true
  for (const [client, ranges] of a.deletes) {
    if (doRangesOverlap(ranges, b.deletes.get(client) ?? [])) return true
  }
  return false
}

/** Both rise, so that one walk over the two is enough. */
function doRangesOverlap(a: readonly number[], b: readonly number[]): boolean {
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const [start = 0, other = 0] = [a[i], b[j]]
    const [end, otherEnd] = [start + (a[i + 1] ?? 0), other + (b[j + 1] ?? 0)]
    if (start < otherEnd && other < end) return true
    if (end <= otherEnd) i += 2
    else j += 2
  }
  return false
}
