interface Document {
  readonly components?: { readonly schemas?: Record<string, unknown> } | undefined
}

const REF = '#/components/schemas/'

/**
 * Leaves of the named schemas those that something refers to, under one name each: the generator makes each of them twice,
 * for what is sent ("ItemInput") and for what is answered ("Item"), though most are only ever one of the two.
 */
export function tidySchemas<D extends object>(document: D): D {
  const { components } = document as Document
  const all = components?.schemas ?? {}
  const used = reachable({ ...document, components: undefined }, all)
  const names = new Map<string, string>()
  for (const name of used) {
    const plain = name.replace(/Input$/, '')
    names.set(name, used.has(plain) ? name : plain)
  }
  const schemas = Object.fromEntries(
    [...names].map(([name, to]) => [to, all[name]] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  return renamed({ ...document, components: { ...components, schemas } }, names) as D
}

function reachable(from: unknown, all: Readonly<Record<string, unknown>>): Set<string> {
  const found = new Set<string>()
  const queue = refsIn(from)
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue
    found.add(name)
    queue.push(...refsIn(all[name]))
  }
  return found
}

function refsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) =>
    isRef(key, part) ? [part.slice(REF.length)] : refsIn(part),
  )
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((part) => renamed(part, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (!isRef(key, part)) return [key, renamed(part, names)]
      const name = part.slice(REF.length)
      return [key, REF + (names.get(name) ?? name)]
    }),
  )
}

function isRef(key: string, part: unknown): part is string {
  return key === '$ref' && typeof part === 'string' && part.startsWith(REF)
}
