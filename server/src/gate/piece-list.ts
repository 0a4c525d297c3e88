import type * as Y from 'yjs'
import type { Incoming, UnitId } from './incoming.ts'
import { isSameUnit } from './overlap.ts'
import type { WorkBudget } from './work.ts'

/** A run of text units that follow one another, as Yjs has them in its structs. */
interface Piece {
  readonly client: number
  readonly clock: number
  length: number
  readonly origin: UnitId | null
  readonly rightOrigin: UnitId | null
  right: Piece | null
}

/** The order of a note's pieces, removed ones too, and where Yjs would put more of them. A copy: the document stays as it is. */
export class PieceList {
  #first: Piece | null = null
  readonly #byWriter = new Map<number, Piece[]>()
  readonly #budget: WorkBudget

  constructor(start: Y.Item | null, budget: WorkBudget) {
    this.#budget = budget
    let last: Piece | null = null
    for (let item = start; item !== null; item = item.right) {
      const { client, clock } = item.id
      const { length, origin, rightOrigin } = item
      const piece: Piece = { client, clock, length, origin, rightOrigin, right: null }
      if (last === null) this.#first = piece
      else last.right = piece
      last = piece
      this.#piecesOf(client).push(piece)
      budget.spend(1)
    }
    // Not in order of clocks yet: a writer's pieces stand where they were typed.
    for (const pieces of this.#byWriter.values()) pieces.sort((a, b) => a.clock - b.clock)
  }

  /** Puts the new part of a struct where Yjs will put it; false when nobody can have typed it there. */
  insert(struct: Incoming): boolean {
    const { client, known, rightOrigin } = struct
    const clock = struct.clock + known
    const origin = known > 0 ? { client, clock: clock - 1 } : struct.origin
    const left = origin === null ? null : this.#endingAt(origin)
    const right = rightOrigin === null ? null : this.#startingAt(rightOrigin)
    if (left === undefined || right === undefined) return false
    // The right neighbour lay at or before the left one, in the same piece.
    if (left !== null && left.clock + left.length - 1 !== origin?.clock) return false
    const length = struct.length - known
    const piece: Piece = { client, clock, length, origin, rightOrigin, right: null }
    const after = this.#place(piece, left, right)
    if (after === undefined) return false
    if (after === null) {
      piece.right = this.#first
      this.#first = piece
    } else {
      piece.right = after.right
      after.right = piece
    }
    this.#piecesOf(client).push(piece)
    return true
  }

  /**
   * The piece behind which it goes, null for the start, undefined when its neighbours do not stand in this order or one of
   * its writer's own pieces is between them. The rules are those of `Item.integrate` in Yjs.
   */
  #place(piece: Piece, left: Piece | null, right: Piece | null): Piece | null | undefined {
    let after = left
    let isPlaced = false
    const passed = new Set<Piece>()
    const conflicting = new Set<Piece>()
    let other = left === null ? this.#first : left.right
    for (; other !== right; other = other.right) {
      if (other === null || other.client === piece.client) return undefined
      this.#budget.spend(1)
      if (this.#budget.isSpent) return after
      if (isPlaced) continue
      passed.add(other)
      conflicting.add(other)
      if (isSameUnit(piece.origin, other.origin)) {
        if (other.client < piece.client) {
          after = other
          conflicting.clear()
        } else if (isSameUnit(piece.rightOrigin, other.rightOrigin)) {
          isPlaced = true
        }
      } else {
        const parent = other.origin === null ? undefined : this.#at(other.origin)
        if (parent === undefined || !passed.has(parent)) {
          isPlaced = true
        } else if (!conflicting.has(parent)) {
          after = other
          conflicting.clear()
        }
      }
    }
    return after
  }

  #endingAt(id: UnitId): Piece | undefined {
    const piece = this.#at(id)
    if (piece !== undefined && id.clock < piece.clock + piece.length - 1) this.#cut(piece, id.clock + 1)
    return piece
  }

  #startingAt(id: UnitId): Piece | undefined {
    const piece = this.#at(id)
    return piece !== undefined && id.clock > piece.clock ? this.#cut(piece, id.clock) : piece
  }

  #cut(piece: Piece, clock: number): Piece {
    const { client, rightOrigin, right } = piece
    const length = piece.clock + piece.length - clock
    const rest: Piece = { client, clock, length, origin: { client, clock: clock - 1 }, rightOrigin, right }
    piece.length -= length
    piece.right = rest
    const pieces = this.#piecesOf(client)
    this.#budget.spend((pieces.length >>> 9) + 1)
    pieces.splice(this.#indexAt(pieces, piece.clock) + 1, 0, rest)
    return rest
  }

  #at(id: UnitId): Piece | undefined {
    const pieces = this.#byWriter.get(id.client)
    return pieces === undefined ? undefined : pieces[this.#indexAt(pieces, id.clock)]
  }

  #indexAt(pieces: readonly Piece[], clock: number): number {
    let low = 0
    let high = pieces.length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const piece = pieces[middle]
      if (piece === undefined) return -1
      if (clock < piece.clock) high = middle - 1
      else if (clock >= piece.clock + piece.length) low = middle + 1
      else return middle
    }
    return -1
  }

  #piecesOf(client: number): Piece[] {
    let pieces = this.#byWriter.get(client)
    if (pieces === undefined) {
      pieces = []
      this.#byWriter.set(client, pieces)
    }
    return pieces
  }
}
