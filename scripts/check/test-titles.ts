import { type Fault, lineAt, type SourceFile } from './fault.ts'

/** `DUR-1` of docs/SPEC.md, `E-06` of docs/requirements.md, `A6.3` for an acceptance scenario. */
const ID = String.raw`[A-Z][A-Z0-9]*-\d+|A6\.\d+`
const LEADING_IDS = new RegExp(String.raw`(?<=['"\`])(?:\[(?:${ID})\])+`, 'g')
const ONE_ID = new RegExp(`\\[(${ID})\\]`, 'g')
const UNNAMED = /(?<![.\w])(?:it|test)(?:\.(?:each|for)\([^)]*\)|\.\w+)*\(\s*(['"`])(?!\[|%s|\$)/g
const SUITE_WITH_ID = /\bdescribe(?:\.\w+(?:\([^)]*\))?)*\(\s*['"`]\[/

export interface NamedTest {
  readonly id: string
  readonly file: string
  readonly line: number
}

/** Every `[ID]` with which a string in a test begins: titles of tests, suites and contract cases alike. */
export function idsInTests(files: readonly SourceFile[]): NamedTest[] {
  const found: NamedTest[] = []
  for (const file of files) {
    if (!isTest(file.path)) continue
    for (const title of file.text.matchAll(LEADING_IDS)) {
      for (const id of title[0].matchAll(ONE_ID)) {
        found.push({ id: id[1] ?? '', file: file.path, line: lineAt(file.text, title.index) })
      }
    }
  }
  return found
}

/** A test whose title begins with no id, in a file whose suites have none either, shows nobody's promise. */
export function checkTitles(files: readonly SourceFile[]): Fault[] {
  const faults: Fault[] = []
  for (const file of files) {
    if (!isTest(file.path) || SUITE_WITH_ID.test(file.text)) continue
    for (const match of file.text.matchAll(UNNAMED)) {
      faults.push({
        file: file.path,
        line: lineAt(file.text, match.index),
        message: 'this test names no promise or requirement; begin its title with one, as in "[DUR-1] …"',
      })
    }
  }
  return faults
}

function isTest(path: string): boolean {
  return /^tests\/.*\.tsx?$/.test(path) && !path.startsWith('tests/support/') && !path.includes('/fixtures/')
}
