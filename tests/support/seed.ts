import { randomInt } from 'node:crypto'

export interface SeededRandom {
  readonly seed: number
  /** In [0, 1). */
  next(): number
  /** A whole number in [0, n). */
  int(n: number): number
  pick<T>(from: readonly T[]): T
  /** A shuffled copy. */
  shuffle<T>(from: readonly T[]): T[]
}

/**
 * Repeatable chance for one test. The seed comes from `TANDEM_SEED` or is drawn, and is printed, so that every failure can be
 * run again; `name` is mixed in, so that two tests of one run do not walk the same path.
 */
export function seededRandom(name: string, given?: number): SeededRandom {
  const fixed = process.env['TANDEM_SEED']
  const seed = given ?? (fixed === undefined ? randomInt(2 ** 32) : Number(fixed))
  if (!Number.isInteger(seed)) throw new Error(`TANDEM_SEED must be a whole number, and is "${fixed}"`)
  if (given === undefined) console.info(`seed of "${name}": TANDEM_SEED=${seed}`)
  const next = mulberry32(seed ^ hash(name))
  const int = (n: number): number => Math.floor(next() * n)
  return {
    seed,
    next,
    int,
    pick: <T>(from: readonly T[]): T => {
      if (from.length === 0) throw new Error('Nothing to pick from')
      return from[int(from.length)] as T
    },
    shuffle: <T>(from: readonly T[]): T[] => {
      const copy = [...from]
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(i + 1)
        const kept = copy[i] as T
        copy[i] = copy[j] as T
        copy[j] = kept
      }
      return copy
    },
  }
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

function hash(text: string): number {
  let h = 2166136261
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619)
  return h >>> 0
}
