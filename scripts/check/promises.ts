import type { Fault } from './fault.ts'
import { lineAt } from './fault.ts'
import type { NamedTest } from './test-titles.ts'

const SPEC = 'docs/SPEC.md'
const REQUIREMENTS = 'docs/requirements.md'

export interface Entry {
  readonly id: string
  readonly line: number
}

export interface Requirement extends Entry {
  readonly status: string
}

/** Promises are written `**DUR-1** …`; those under "## Gaps" are promised to nobody yet. */
export function promisesIn(spec: string): { promises: Entry[]; gaps: Entry[] } {
  const gapsAt = /^## Gaps\b/m.exec(spec)?.index ?? spec.length
  const promises: Entry[] = []
  const gaps: Entry[] = []
  for (const match of spec.matchAll(/^(?:[-*]\s+)?\*\*([A-Z][A-Z0-9]*-\d+)\*\*/gm)) {
    const entry = { id: match[1] ?? '', line: lineAt(spec, match.index) }
    ;(match.index < gapsAt ? promises : gaps).push(entry)
  }
  return { promises, gaps }
}

/** Rows `| E-06 | what | tests |` or `| E-06 | what | gap: why |`. */
export function requirementsIn(text: string): Requirement[] {
  return [...text.matchAll(/^\|\s*([A-Z]-\d+|A6\.\d+)\s*\|.*\|\s*([^|]*?)\s*\|\s*$/gm)].map((match) => ({
    id: match[1] ?? '',
    status: match[2] ?? '',
    line: lineAt(text, match.index),
  }))
}

/** Both ways: no promise or requirement without a test or an admitted gap, no test without a promise or requirement. */
export function checkPromises(spec: string, requirementsText: string, tests: readonly NamedTest[]): Fault[] {
  const { promises, gaps } = promisesIn(spec)
  const requirements = requirementsIn(requirementsText)
  const tested = new Set(tests.map((test) => test.id))
  return [
    ...repeated(SPEC, [...promises]),
    ...repeated(REQUIREMENTS, requirements),
    ...promises
      .filter((promise) => !tested.has(promise.id))
      .map((promise) =>
        fault(SPEC, promise, 'is promised and no test shows it; write one, or move it to Gaps'),
      ),
    ...gaps
      .filter((gap) => tested.has(gap.id))
      .map((gap) => fault(SPEC, gap, 'is listed as a gap and a test carries it; make it a promise')),
    ...requirements.flatMap((requirement) => judgeStatus(requirement, tested.has(requirement.id))),
    ...unknownIds(tests, new Set([...promises, ...gaps, ...requirements].map((entry) => entry.id))),
  ]
}

function judgeStatus(requirement: Requirement, isTested: boolean): Fault[] {
  if (/^tests\b/.test(requirement.status)) {
    return isTested ? [] : [fault(REQUIREMENTS, requirement, 'is marked "tests" and no test carries its id')]
  }
  if (/^figure: .{5,}/.test(requirement.status)) return []
  if (!/^gap: .{10,}/.test(requirement.status)) {
    return [
      fault(
        REQUIREMENTS,
        requirement,
        `has the status "${requirement.status}"; write "tests", "figure: command" or "gap: why"`,
      ),
    ]
  }
  return isTested
    ? [fault(REQUIREMENTS, requirement, 'is marked as a gap and a test carries it; mark it "tests"')]
    : []
}

function unknownIds(tests: readonly NamedTest[], known: ReadonlySet<string>): Fault[] {
  return tests
    .filter((test) => !known.has(test.id))
    .map(({ id, file, line }) => ({
      file,
      line,
      message: `[${id}] is neither in ${SPEC} nor in ${REQUIREMENTS}`,
    }))
}

function repeated(file: string, entries: readonly Entry[]): Fault[] {
  const seen = new Set<string>()
  return entries.flatMap((entry) => {
    if (seen.has(entry.id)) return [fault(file, entry, 'is there twice')]
    seen.add(entry.id)
    return []
  })
}

function fault(file: string, entry: Entry, message: string): Fault {
  return { file, line: entry.line, message: `${entry.id} ${message}` }
}
