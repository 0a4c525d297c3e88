import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

type Struct = Y.Item | Y.GC | Y.Skip
type DeleteRange = { readonly client: number; readonly clock: number; readonly len: number }

/** Upper bound for what a struct or a range adds to an update besides its own bytes: client, clock, count. */
const OVERHEAD_BYTES = 24

/**
 * Cuts one Yjs update into several, each valid after those before it, each at most `maxBytes` where that is possible.
 *
 * An update cannot be cut anywhere: a struct refers to its left and right neighbour and its parent by id, and a server that
 * accepts no gaps refuses a piece whose references come later. So structs are put into an order in which each comes after
 * everything it refers to, and cut between structs; deletions come last. One struct larger than `maxBytes` stays whole.
 */
export function splitUpdate(update: Uint8Array, maxBytes: number): Uint8Array[] {
  if (update.length <= maxBytes) return [update]
  const { structs, ds } = Y.decodeUpdate(update) as {
    structs: Struct[]
    ds: { clients: Map<number, { clock: number; len: number }[]> }
  }
  const writer = new PieceWriter(maxBytes)
  for (const struct of inCausalOrder(structs)) writer.addStruct(struct)
  for (const [client, ranges] of ds.clients) {
    for (const { clock, len } of ranges) writer.addDelete({ client, clock, len })
  }
  return writer.finish()
}

/** The same structs, each after all it refers to inside this update. What it refers to outside is on the server already. */
function inCausalOrder(structs: readonly Struct[]): Struct[] {
  const queues = new Map<number, Struct[]>()
  for (const struct of structs) {
    const queue = queues.get(struct.id.client)
    if (queue === undefined) queues.set(struct.id.client, [struct])
    else queue.push(struct)
  }
  const next = new Map<number, number>([...queues.keys()].map((client) => [client, 0]))
  const ordered: Struct[] = []

  const head = (client: number): Struct | undefined => queues.get(client)?.[next.get(client) ?? 0]
  const isThere = (id: Y.ID | null): boolean => {
    if (id === null) return true
    const waiting = head(id.client)
    return waiting === undefined || id.clock < waiting.id.clock
  }
  const isReady = (struct: Struct): boolean =>
    !(struct instanceof Y.Item) ||
    (isThere(struct.origin) && isThere(struct.rightOrigin) && isThere(parentId(struct)))
  const take = (client: number): void => {
    ordered.push(head(client) as Struct)
    next.set(client, (next.get(client) ?? 0) + 1)
  }

  while (ordered.length < structs.length) {
    const before = ordered.length
    for (const client of queues.keys()) {
      for (let struct = head(client); struct !== undefined && isReady(struct); struct = head(client))
        take(client)
    }
    if (ordered.length > before) continue
    // No order exists, so this is not an update Yjs wrote. Keep all of it in any order: the server judges it, not we.
    for (const client of queues.keys()) while (head(client) !== undefined) take(client)
  }
  return ordered
}

function parentId(item: Y.Item): Y.ID | null {
  // A freshly decoded item holds a name (root type), an id, or nothing when a neighbour implies the parent.
  const parent: unknown = item.parent
  return parent instanceof Y.ID ? parent : null
}

class PieceWriter {
  readonly #maxBytes: number
  readonly #pieces: Uint8Array[] = []
  #structs = new Map<number, { next: number; list: Struct[] }>()
  #deletes = new Map<number, DeleteRange[]>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  addStruct(struct: Struct): void {
    // A skip says "something is missing here", and a piece that ends before it says the same.
    if (struct instanceof Y.Skip) return
    const { client, clock } = struct.id
    const bytes = sizeOf(struct) + OVERHEAD_BYTES
    const open = this.#structs.get(client)
    const leavesGap = open !== undefined && open.next !== clock
    if (leavesGap || (this.#bytes > 0 && this.#bytes + bytes > this.#maxBytes)) this.#cut()
    const entry = this.#structs.get(client) ?? { next: clock, list: [] }
    entry.list.push(struct)
    entry.next = clock + struct.length
    this.#structs.set(client, entry)
    this.#bytes += bytes
  }

  addDelete(range: DeleteRange): void {
    if (this.#bytes > 0 && this.#bytes + OVERHEAD_BYTES > this.#maxBytes) this.#cut()
    const list = this.#deletes.get(range.client) ?? []
    list.push(range)
    this.#deletes.set(range.client, list)
    this.#bytes += OVERHEAD_BYTES
  }

  finish(): Uint8Array[] {
    if (this.#bytes > 0) this.#cut()
    return this.#pieces
  }

  #cut(): void {
    const encoder = new Y.UpdateEncoderV1()
    const to = encoder.restEncoder
    encoding.writeVarUint(to, this.#structs.size)
    for (const [client, { list }] of this.#structs) {
      encoding.writeVarUint(to, list.length)
      encoding.writeVarUint(to, client)
      encoding.writeVarUint(to, list[0]?.id.clock ?? 0)
      for (const struct of list) writeStruct(struct, encoder)
    }
    encoding.writeVarUint(to, this.#deletes.size)
    for (const [client, ranges] of this.#deletes) {
      encoding.writeVarUint(to, client)
      encoding.writeVarUint(to, ranges.length)
      for (const { clock, len } of ranges) {
        encoding.writeVarUint(to, clock)
        encoding.writeVarUint(to, len)
      }
    }
    this.#pieces.push(encoder.toUint8Array())
    this.#structs = new Map()
    this.#deletes = new Map()
    this.#bytes = 0
  }
}

function writeStruct(struct: Struct, encoder: Y.UpdateEncoderV1): void {
  struct.write(encoder, 0)
}

function sizeOf(struct: Struct): number {
  const encoder = new Y.UpdateEncoderV1()
  writeStruct(struct, encoder)
  return encoding.length(encoder.restEncoder)
}
