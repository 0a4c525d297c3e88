import { parseArgs } from 'node:util'
import { TandemError } from '../errors.ts'

export type Command =
  | { readonly name: 'serve' }
  | { readonly name: 'migrate' }
  | { readonly name: 'verify'; readonly list: string | null; readonly json: boolean }
  | { readonly name: 'dump'; readonly list: string; readonly json: boolean }
  | { readonly name: 'resync'; readonly list: string; readonly reason: string }
  | { readonly name: 'config'; readonly markdown: boolean }
  | { readonly name: 'help'; readonly about: CommandName | null }
  | { readonly name: 'version' }

export const COMMANDS = ['serve', 'migrate', 'verify', 'dump', 'resync', 'config', 'help', 'version'] as const
export type CommandName = (typeof COMMANDS)[number]

type Flags = Record<string, { type: 'string' | 'boolean' }>

/** Every command also takes --help. */
const FLAGS: Record<CommandName, Flags> = {
  serve: {},
  migrate: {},
  verify: { list: { type: 'string' }, json: { type: 'boolean' } },
  dump: { json: { type: 'boolean' } },
  resync: { reason: { type: 'string' } },
  config: { markdown: { type: 'boolean' } },
  help: {},
  version: {},
}

/** Reads the words after `tandem`; throws `bad-usage` for what no command understands. */
export function parseCommand(words: readonly string[]): Command {
  const [first, ...rest] = words
  if (first === undefined || first === '--help' || first === '-h') return { name: 'help', about: null }
  if (first === '--version' || first === '-v') return { name: 'version' }
  if (!isCommand(first)) throw usage(`There is no command "${first}".`)
  const { values, positionals } = readFlags(first, rest)
  if (values['help'] === true) return { name: 'help', about: first }
  return build(first, positionals, values)
}

type Values = Readonly<Record<string, string | boolean | undefined>>

function build(name: CommandName, positionals: readonly string[], values: Values): Command {
  const json = values['json'] === true
  switch (name) {
    case 'dump':
      return { name, list: onlyOne(name, positionals), json }
    case 'resync': {
      const reason = typeof values['reason'] === 'string' ? values['reason'] : 'An operator asked for it.'
      return { name, list: onlyOne(name, positionals), reason }
    }
    case 'help': {
      const [about] = positionals
      return { name, about: about !== undefined && isCommand(about) ? about : null }
    }
    case 'verify':
      none(name, positionals)
      return { name, list: typeof values['list'] === 'string' ? listIdOf(values['list']) : null, json }
    case 'config':
      none(name, positionals)
      return { name, markdown: values['markdown'] === true }
    case 'serve':
    case 'migrate':
    case 'version':
      none(name, positionals)
      return { name }
  }
}

function isCommand(word: string): word is CommandName {
  return (COMMANDS as readonly string[]).includes(word)
}

function readFlags(name: CommandName, words: readonly string[]): { values: Values; positionals: string[] } {
  try {
    const options: Flags = { ...FLAGS[name], help: { type: 'boolean' } }
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true }) as {
      values: Values
      positionals: string[]
    }
  } catch (error) {
    // parseArgs says what it did not understand, and then how to pass it as an argument, which nobody meant.
    const [problem = ''] = (error instanceof Error ? error.message : String(error)).split('. ')
    throw usage(`${problem.replace(/\.$/, '')}.`)
  }
}

function onlyOne(name: CommandName, positionals: readonly string[]): string {
  const [list] = positionals
  if (list === undefined || positionals.length > 1) throw usage(`Name one list: tandem ${name} <list id>`)
  return listIdOf(list)
}

function none(name: CommandName, positionals: readonly string[]): void {
  if (positionals.length > 0) throw usage(`tandem ${name} does not understand "${positionals[0]}".`)
}

function listIdOf(text: string): string {
  const id = text.toLowerCase()
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id
  throw usage(`"${text}" is not the id of a list; ids look like 0b2c4e1a-9d3f-4c58-8a67-5e21d0c9b3f4.`)
}

function usage(detail: string): TandemError {
  return new TandemError('bad-usage', detail)
}
