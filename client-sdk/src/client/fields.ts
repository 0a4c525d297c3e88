/** What stands in an answer of the server, or of whoever answers in its place: nothing of it is taken for granted. */
export type Fields = Readonly<Record<string, unknown>>

/** No fields for anything that is no object. */
export function fieldsOf(json: unknown): Fields {
  return typeof json === 'object' && json !== null ? (json as Fields) : {}
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** Null for an empty text too. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** Milliseconds, of a moment written as text or as such a number. */
export function timeOf(value: unknown): number | null {
  return typeof value === 'string' ? numberOf(Date.parse(value)) : numberOf(value)
}
