import type { SeededRandom } from '../../support/seed.ts'

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly format?: string
  readonly maxLength?: number
}

/** What looks like an attack, or like an accident. All of it is only ever data. */
export const NASTY: readonly unknown[] = [
  "'; DROP TABLE list_updates; --",
  "' OR 1=1 --",
  '$1; SELECT pg_sleep(10)',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\r\nset-cookie: a=b\r\n\r\n<script>',
  '../../../../etc/passwd',
  '%00%0d%0a',
  '{{7*7}}<%= 7*7 %>',
  '<script>alert(1)</script>',
  '‮txt.exe',
  '👩‍👩‍👧‍👦'.repeat(50),
  '__proto__',
  'constructor',
  'x'.repeat(10_001),
  'é'.repeat(40_000),
  '',
  ' ',
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53 + 2,
  [],
  [[[[[[[[[[[[]]]]]]]]]]]],
  {},
  { $gt: '' },
  { toString: 1, hasOwnProperty: null },
  { constructor: { prototype: { admin: true } } },
]

export interface Pools {
  /** Values that exist, by the name of the field or parameter they fit. */
  readonly known: Readonly<Record<string, readonly unknown[]>>
}

/** Values by a JSON schema: mostly as it asks, and then with something wrong somewhere. */
export class SchemaValues {
  readonly #random: SeededRandom
  readonly #schemas: Readonly<Record<string, Schema>>
  readonly #pools: Pools

  constructor(random: SeededRandom, schemas: Readonly<Record<string, Schema>>, pools: Pools) {
    this.#random = random
    this.#schemas = schemas
    this.#pools = pools
  }

  /** `wrongness`: how likely each part is not what the schema asks for. */
  make(schema: Schema, name: string, wrongness: number, depth = 0): unknown {
    const random = this.#random
    if (random.next() < wrongness) return random.pick(NASTY)
    const known = this.#pools.known[name]
    if (known !== undefined && known.length > 0 && random.next() < (wrongness === 0 ? 0.97 : 0.7))
      return random.pick(known)
    if (schema.$ref !== undefined) {
      const target = this.#schemas[schema.$ref.replace('#/components/schemas/', '')]
      return target === undefined ? null : this.make(target, name, wrongness, depth)
    }
    if ('const' in schema) return schema.const
    if (schema.enum !== undefined) return random.pick(schema.enum)
    const choices = schema.anyOf ?? schema.oneOf
    if (choices !== undefined) return this.make(random.pick(choices), name, wrongness, depth)
    return this.#ofType(schema, name, wrongness, depth)
  }

  #ofType(schema: Schema, name: string, wrongness: number, depth: number): unknown {
    const random = this.#random
    const types = [schema.type ?? 'any'].flat()
    switch (random.pick(types)) {
      case 'object':
        return this.#object(schema, wrongness, depth)
      case 'array': {
        const { items } = schema
        if (items === undefined || depth > 4) return []
        return Array.from({ length: random.int(4) }, () => this.make(items, name, wrongness, depth + 1))
      }
      case 'integer':
      case 'number':
        return random.pick([0, 1, 2, 5, 500, -1, 2 ** 31])
      case 'boolean':
        return random.next() < 0.5
      case 'string':
        return this.#text(schema, name)
      case 'null':
        return null
      default:
        return random.pick(NASTY)
    }
  }

  #object(schema: Schema, wrongness: number, depth: number): Record<string, unknown> {
    const random = this.#random
    const made: Record<string, unknown> = {}
    for (const [name, part] of Object.entries(schema.properties ?? {})) {
      const isRequired = schema.required?.includes(name) ?? false
      if (random.next() < (isRequired ? wrongness / 2 : 0.6)) continue
      made[name] = this.make(part, name, wrongness, depth + 1)
    }
    if (random.next() < wrongness) made[JSON.stringify(random.pick(NASTY)).slice(0, 100)] = random.pick(NASTY)
    return made
  }

  #text(schema: Schema, name: string): string {
    const random = this.#random
    if (schema.format === 'date-time')
      return random.pick(['2030-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'])
    const words = [
      'Milk',
      'Eggs and butter',
      'ü',
      '2027-03-01',
      '09:30',
      'FREQ=DAILY',
      'https://example.com/',
      '0',
      '3',
      'true',
    ]
    const text = random.pick([...words, name, 'x'.repeat(Math.min(schema.maxLength ?? 20, 500))])
    return text.slice(0, schema.maxLength ?? text.length)
  }
}
