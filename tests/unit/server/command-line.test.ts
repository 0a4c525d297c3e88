import { describe, expect, it } from 'vitest'
import { StorageError } from '../../../persistence/src/index.ts'
import { COMMANDS, parseCommand } from '../../../server/src/cli/arguments.ts'
import { describeStored } from '../../../server/src/cli/describe-op.ts'
import { describeFault, listenFault } from '../../../server/src/cli/faults.ts'
import { helpText } from '../../../server/src/cli/help.ts'
import { TandemError } from '../../../server/src/errors.ts'

const LIST = '0b2c4e1a-9d3f-4c58-8a67-5e21d0c9b3f4'

describe('what is typed after tandem', () => {
  it('[OPS-9] every command is understood with its options', () => {
    const understood = [
      'serve',
      'migrate',
      'verify',
      `verify --list ${LIST} --json`,
      `dump ${LIST.toUpperCase()}`,
      `resync ${LIST} --reason x`,
      'config --markdown',
      'help verify',
      'version',
      '--version',
      '',
      '--help',
      'dump --help',
    ].map((line) => parseCommand(line.split(' ').filter((word) => word !== '')))
    expect(understood).toEqual([
      { name: 'serve' },
      { name: 'migrate' },
      { name: 'verify', list: null, json: false },
      { name: 'verify', list: LIST, json: true },
      { name: 'dump', list: LIST, json: false },
      { name: 'resync', list: LIST, reason: 'x' },
      { name: 'config', markdown: true },
      { name: 'help', about: 'verify' },
      { name: 'version' },
      { name: 'version' },
      { name: 'help', about: null },
      { name: 'help', about: null },
      { name: 'help', about: 'dump' },
    ])
  })

  it.each([
    'nonsense',
    'serve now',
    'verify --loud',
    'verify --list x',
    'dump',
    `dump ${LIST} ${LIST}`,
    'dump x',
    '__proto__',
  ])('[OPS-9] "tandem %s" is refused in one sentence', (line) => {
    expect(() => parseCommand(line.split(' '))).toThrow(expect.objectContaining({ code: 'bad-usage' }))
  })

  it('[OPS-9] help names every command, and each has help of its own', () => {
    for (const name of COMMANDS) {
      expect(helpText(null)).toMatch(new RegExp(`^  ${name} +\\S`, 'm'))
      if (name !== 'help') expect(helpText(name)).toMatch(new RegExp(`^Usage: tandem ${name}`))
    }
  })
})

describe('faults on a terminal', () => {
  it('[OPS-4] name what is wrong and what to do, without a stack trace', () => {
    expect(describeFault(new TandemError('address-in-use', '127.0.0.1:4000 is taken.'))).toBe(
      [
        'tandem: Another program is listening there already.',
        '  127.0.0.1:4000 is taken.',
        '  What to do: Stop it, or choose another port: PORT=4001 (PORT=0 takes any free one).',
      ].join('\n'),
    )
    const storage = describeFault(new StorageError('embedded-in-use', 'Process 7 uses it.'))
    expect(storage).toMatch(/^tandem: Process 7 uses it\.\n {2}What to do: Stop the process/)
  })

  it('[OPS-4] what nobody foresaw is shown whole', () => {
    expect(describeFault(new TypeError('boom'))).toMatch(/TypeError: boom\n\s+at /)
    expect(describeFault('just text')).toContain('just text')
  })

  it('[OPS-4] errors of listening become words, others stay what they are', () => {
    const failed = (code: string) => listenFault(Object.assign(new Error(code), { code }), 'h:1')
    expect(failed('EADDRINUSE')).toMatchObject({ code: 'address-in-use' })
    expect(failed('EACCES')).toMatchObject({ code: 'address-refused' })
    expect(failed('EMFILE')).toMatchObject({ code: 'EMFILE' })
  })
})

describe('operations in words', () => {
  it.each([
    [{ op: 'add', kind: 'items', id: 'i1', value: { title: 'Milk', by: 'u' } }, 'add item i1 "Milk"'],
    [
      { op: 'set', kind: 'items', id: 'i1', field: 'done', from: false, to: true },
      'set item i1 done: false → true',
    ],
    [{ op: 'set', kind: 'list', field: 'title', from: null, to: 'Groceries' }, 'set list title: "Groceries"'],
    [
      { op: 'member', kind: 'items', id: 'i1', set: 'label', member: 'l1', to: false },
      'take label l1 off item i1',
    ],
    [{ op: 'note', id: 'i1', inserted: 3, deleted: 0 }, 'edit notes of item i1: +3 −0 characters'],
    [{ op: 'purge', kind: 'comments', id: 'c1' }, 'purge comment c1'],
    [{ op: 'from a newer version' }, '{"op":"from a newer version"}'],
    [7, '7'],
  ])('[OPS-2] %j', (op, words) => {
    expect(describeStored(op)).toBe(words)
  })
})
