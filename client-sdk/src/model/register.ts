/**
 * A register: the latest value of one field, with who wrote it and when.
 *
 * Stored as `[value, by, at]`, an array and not an object, because a tick is the most frequent edit there is
 * and three property names would be a third of it. Readers ignore further elements, so later versions may append.
 */
export type Register<T = unknown> = readonly [value: T, by: string, at: number]

/** Who wrote a value and when (milliseconds since 1970, the writer's clock: for display, never for ordering). */
export interface Stamp {
  readonly by: string
  readonly at: number
}

export function isRegister(raw: unknown): raw is Register {
  return Array.isArray(raw) && raw.length >= 3 && typeof raw[1] === 'string' && Number.isSafeInteger(raw[2])
}

export function stampOf(register: Register): Stamp {
  return { by: register[1], at: register[2] }
}
