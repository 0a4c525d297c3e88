import { describe, expect, it } from 'vitest'
import { checkAdapters } from '../../../scripts/check/adapters.ts'
import { checkArrows, importsOf } from '../../../scripts/check/arrows.ts'
import type { Fault, SourceFile } from '../../../scripts/check/fault.ts'
import { checkLength } from '../../../scripts/check/length.ts'
import { checkLinks } from '../../../scripts/check/links.ts'
import { stripComments } from '../../../scripts/check/strip-comments.ts'

const file = (path: string, ...lines: string[]): SourceFile => ({ path, text: `${lines.join('\n')}\n` })
const places = (faults: readonly Fault[]): string[] => faults.map((fault) => `${fault.file}:${fault.line}`)

describe('[TOOL-4] import arrows', () => {
  it('[TOOL-4] finds every way of writing an import', () => {
    const text = [
      "import 'a'",
      "import b from 'b'",
      'import {\n  c,\n  type D,\n} from "c"',
      "export * from 'd'",
      "const e = await import('e')",
      "const quoted = 'import f from nowhere'",
      ' * import g from a comment',
    ].join('\n')
    expect(importsOf(text).map((found) => found.specifier)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it.each([
    ['the model reads a file', 'client-sdk/src/model/x.ts', 'node:fs'],
    ['the model reaches into the SDK', 'client-sdk/src/model/x.ts', '../list/list.ts'],
    ['the SDK imports persistence', 'client-sdk/src/client.ts', '@tandem/persistence'],
    ['the SDK needs React outside src/react', 'client-sdk/src/client.ts', 'react'],
    ['persistence knows Yjs', 'persistence/src/log.ts', 'yjs'],
    ['persistence imports the SDK', 'persistence/src/log.ts', '@tandem/client-sdk/model'],
    ['the server imports the whole SDK', 'server/src/main.ts', '@tandem/client-sdk'],
    ['the server reaches into persistence by path', 'server/src/main.ts', '../../persistence/src/ports.ts'],
    ['the server sees a test', 'server/src/main.ts', '../../tests/support/until.ts'],
    ['the example reaches behind the public API', 'examples/web/src/app.tsx', '@tandem/client-sdk/protocol'],
    ['the example uses Yjs', 'examples/web/src/app.tsx', 'yjs'],
    ['an import has no extension', 'server/src/main.ts', './app'],
  ])('[TOOL-4] fails when %s', (_what, path, specifier) => {
    expect(places(checkArrows([file(path, '', `import { x } from '${specifier}'`)]))).toEqual([`${path}:2`])
  })

  it.each([
    ['server/src/main.ts', '@tandem/client-sdk/protocol'],
    ['server/src/main.ts', '@tandem/persistence'],
    ['client-sdk/src/react/use-list.ts', 'react'],
    ['client-sdk/src/list/list.ts', '../model/keys.ts'],
    ['examples/web/src/app.tsx', '@tandem/client-sdk/react'],
    ['examples/web/src/app.tsx', '@tandem/client-sdk/model'],
    ['tests/unit/x.test.ts', '../../server/src/gate/judge.ts'],
  ])('[TOOL-4] lets %s import %s', (path, specifier) => {
    expect(checkArrows([file(path, `import { x } from '${specifier}'`)])).toEqual([])
  })
})

describe('[TOOL-5] file length', () => {
  it('[TOOL-5] fails above 400 lines, and only questions above 250', () => {
    const of = (lines: number): SourceFile =>
      file(`l${lines}.ts`, ...Array.from({ length: lines }, () => 'x'))
    const { faults, warnings } = checkLength([of(250), of(251), of(400), of(401)])
    expect(faults.map((fault) => fault.file)).toEqual(['l401.ts'])
    expect(warnings.map((fault) => fault.file)).toEqual(['l251.ts', 'l400.ts'])
  })

  it('[TOOL-5] lets what is generated be as long as it is', () => {
    const lines = Array.from({ length: 500 }, () => 'x')
    expect(checkLength([file('schema.ts', '// Generated from a document', ...lines)]).faults).toEqual([])
  })
})

describe('[TOOL-6] clock, chance, timers and environment', () => {
  it.each([
    'const now = Date.now()',
    'const now = new Date( )',
    'const id = Math.random()',
    'setTimeout(f, 10)',
    'globalThis.setInterval(f, 10)',
    "import { setTimeout as pause } from 'node:timers/promises'",
    'const port = process.env.PORT',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text under test is a template literal
    'const text = `at ${Date.now()}`',
  ])('[TOOL-6] fails on: %s', (line) => {
    expect(places(checkAdapters([file('server/src/room/room.ts', '// why', line)]))).toEqual([
      'server/src/room/room.ts:2',
    ])
  })

  it.each([
    '// Date.now is forbidden here',
    "const text = 'Math.random() is not used'",
    'environment.setTimeout(f, 10)',
    'const at = new Date(row.at)',
    'const slash = /"/.test(x) // process.env',
  ])('[TOOL-6] leaves in peace: %s', (line) => {
    expect(checkAdapters([file('server/src/room/room.ts', line)])).toEqual([])
  })

  it('[TOOL-6] lets an adapter do what it is for, and nothing else', () => {
    const clock = file('server/src/clock.ts', 'export const now = () => Date.now()', 'process.env.X')
    expect(places(checkAdapters([clock]))).toEqual(['server/src/clock.ts:2'])
  })

  it('[TOOL-6] keeps every line where it was when it blanks comments', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text under test is a template literal
    const text = 'a /* one\ntwo */ b\n// three\n"it\'s" c `x\n${d}\n` e'
    const stripped = stripComments(text)
    expect(stripped.split('\n').map((line) => line.trim().replace(/\s+/g, ' '))).toEqual([
      'a',
      'b',
      '',
      'c',
      'd',
      'e',
    ])
  })
})

describe('[TOOL-12] links in documents', () => {
  it('[TOOL-12] finds what leads nowhere, and leaves the web and headings alone', () => {
    const text =
      '[a](there.md) [b](gone.md#x)\n[c](https://x.example/gone) [d](#here) [e](../there.md) <img src="lost.png" alt="">'
    const faults = checkLinks([{ path: 'docs/a.md', text }], (path) => path.endsWith('there.md'))
    expect(faults.map((fault) => fault.message)).toEqual([
      'links to docs/gone.md, which is not there',
      'links to docs/lost.png, which is not there',
    ])
  })
})
