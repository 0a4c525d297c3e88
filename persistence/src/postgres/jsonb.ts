/**
 * JSON text that PostgreSQL's `jsonb` takes.
 *
 * `jsonb` refuses U+0000 and lone surrogates, which are valid in JavaScript and JSON. `ops` describes an update for people; the update
 * itself is in `data`, unchanged, so such characters become U+FFFD here instead of making an honest edit impossible to store.
 */
export function toJsonb(value: readonly unknown[] | Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify(value)
  // JSON.stringify writes exactly these characters (and other controls) as \u….
  return json.includes('\\u') ? JSON.stringify(clean(value)) : json
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/[\0\p{Surrogate}]/gu, '\uFFFD')
  if (Array.isArray(value)) return value.map(clean)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [clean(key), clean(inner)]))
}
