/** A value read from text, or one sentence that says what was expected instead. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly expected: string }

export interface Kind<T> {
  /** The type and its bounds, as the help prints them. */
  readonly type: string
  parse(text: string): Parsed<T>
}

const accept = <T>(value: T): Parsed<T> => ({ ok: true, value })
const expect = (expected: string): Parsed<never> => ({ ok: false, expected })

export function wholeNumber(min: number, max: number): Kind<number> {
  const type = `whole number, ${grouped(min)} to ${grouped(max)}`
  return {
    type,
    parse(text) {
      // Number() would also take '', '1e3' and '0x10'; none of them is what somebody meant to write here.
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
      return value >= min && value <= max ? accept(value) : expect(`a ${type}`)
    },
  }
}

const UNITS = { '': 1, B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const

export function bytes(min: number, max: number): Kind<number> {
  const type = `size, ${formatBytes(min)} to ${formatBytes(max)}`
  return {
    type,
    parse(text) {
      const match = /^(\d{1,12}) ?(B|KiB|MiB|GiB)?$/.exec(text)
      const value =
        match === null ? Number.NaN : Number(match[1]) * UNITS[(match[2] ?? '') as keyof typeof UNITS]
      return value >= min && value <= max
        ? accept(value)
        : expect(`a ${type}, in bytes or with KiB, MiB or GiB`)
    },
  }
}

export function oneOf<const T extends string>(...choices: readonly T[]): Kind<T> {
  const type = choices.join(' | ')
  return {
    type,
    parse(text) {
      const value = choices.find((choice) => choice === text)
      return value === undefined ? expect(`one of ${type}`) : accept(value)
    },
  }
}

export const path: Kind<string> = {
  type: 'path',
  parse: (text) => (text.includes('\0') ? expect('a path') : accept(text)),
}

export const word: Kind<string> = {
  type: 'word',
  parse: (text) => (/^[\w.-]{1,64}$/.test(text) ? accept(text) : expect('a single word')),
}

export const hostName: Kind<string> = {
  type: 'IP address or host name',
  parse(text) {
    const plain = /^[A-Za-z0-9.-]{1,253}$/.test(text) || /^[0-9A-Fa-f:.]{2,45}$/.test(text)
    return plain ? accept(text) : expect('an IP address or host name, without a scheme and without a port')
  },
}

export const postgresUrl: Kind<string> = {
  type: 'postgres:// URL',
  parse(text) {
    const url = URL.canParse(text) ? new URL(text) : null
    const isPostgres = url !== null && (url.protocol === 'postgres:' || url.protocol === 'postgresql:')
    return isPostgres ? accept(text) : expect('a URL that starts with postgres:// or postgresql://')
  },
}

export const line: Kind<string> = {
  type: 'text of one line',
  parse: (text) =>
    /^[^\p{Cc}]{1,500}$/u.test(text) ? accept(text) : expect('one line of at most 500 characters'),
}

const urlOf = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)

/** What stands in the address bar up to the first slash. */
export const webUrl: Kind<string> = {
  type: 'http(s):// address without a path',
  parse(text) {
    const url = urlOf(text)
    const isPlain = url !== null && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href
    return isPlain
      ? accept(url.origin)
      : expect('an address such as https://lists.example.org, without a path')
  },
}

const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Keys that came over an open line may be anybody's. */
export const secureUrl: Kind<string> = {
  type: 'https:// URL',
  parse(text) {
    const url = urlOf(text)
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && THIS_MACHINE.has(url.hostname))
    return isSafe ? accept(text) : expect('a URL that starts with https:// (http:// on this machine only)')
  },
}

export const smtpUrl: Kind<string> = {
  type: 'smtp(s):// URL',
  parse(text) {
    const url = urlOf(text)
    return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== ''
      ? accept(text)
      : expect('a URL that starts with smtp:// or smtps://')
  },
}

export function secret(minLength: number): Kind<string> {
  const type = `text, at least ${minLength} characters`
  return { type, parse: (text) => (text.length >= minLength ? accept(text) : expect(type)) }
}

/** `*` for every origin, else scheme, host and port of each, as browsers send them. */
export const origins: Kind<readonly string[]> = {
  type: 'origins separated by commas, or *',
  parse(text) {
    if (text === '*') return accept(['*'])
    const list = text.split(',').map((entry) => entry.trim().replace(/\/$/, ''))
    const areOrigins = list.every((entry) => URL.canParse(entry) && new URL(entry).origin === entry)
    return areOrigins
      ? accept(list)
      : expect('origins such as https://lists.example.org, separated by commas, or *')
  },
}

export function formatBytes(count: number): string {
  for (const unit of ['GiB', 'MiB', 'KiB'] as const) {
    const whole = count / UNITS[unit]
    if (Number.isInteger(whole) && whole > 0) return `${whole} ${unit}`
  }
  return `${grouped(count)} bytes`
}

export function grouped(value: number): string {
  return value.toLocaleString('en-US')
}
