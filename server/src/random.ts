import { randomInt } from 'node:crypto'

/** A random number needs no more digits than this. */
const FINE = 2 ** 40

/** From 0 to below 1, evenly, as plans of the model want it. */
export function random(): number {
  return randomInt(FINE) / FINE
}
