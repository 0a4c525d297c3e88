import { describe, expect, it } from 'vitest'
import type { SourceFile } from '../../../scripts/check/fault.ts'
import { checkPromises, promisesIn, requirementsIn } from '../../../scripts/check/promises.ts'
import { checkTitles, idsInTests } from '../../../scripts/check/test-titles.ts'

const SPEC = `# Spec
- **DUR-1** An acknowledged edit is on disk.
- **DUR-2** Nothing else.

## Gaps
- **LOG-9** Not shown yet, because.
`
const REQUIREMENTS = `| id | requirement | status |
|---|---|---|
| E-06 | Acked work survives | tests |
| D-15 | Lag | gap: measured and not asserted |
| A6.3 | Two renames | tests |
`
/** Built and not written out: the checker reads this file too, and must not take an example for a claim. */
const titled = (...ids: string[]): string => `it('[${ids.join('][')}] x', f)\n`
const GOOD = titled('DUR-1', 'E-06') + titled('DUR-2') + titled('A6.3')

function test(text: string, path = 'tests/unit/x.test.ts'): SourceFile[] {
  return [{ path, text }]
}

function messages(tests: string, spec = SPEC, requirements = REQUIREMENTS): string[] {
  return checkPromises(spec, requirements, idsInTests(test(tests))).map((fault) => fault.message)
}

describe('[TOOL-7] promises and tests', () => {
  it('[TOOL-7] is content when every promise and requirement is shown or admitted', () => {
    expect(messages(GOOD)).toEqual([])
  })

  it('[TOOL-7] reads promises, gaps and requirement rows', () => {
    expect(promisesIn(SPEC).promises.map((entry) => entry.id)).toEqual(['DUR-1', 'DUR-2'])
    expect(promisesIn(SPEC).gaps.map((entry) => entry.id)).toEqual(['LOG-9'])
    expect(requirementsIn(REQUIREMENTS).map((entry) => entry.id)).toEqual(['E-06', 'D-15', 'A6.3'])
  })

  it('[TOOL-7] fails on a promise without a test', () => {
    expect(messages(GOOD.replace('DUR-2', 'DUR-1'))).toEqual([expect.stringMatching(/^DUR-2 is promised/)])
  })

  it('[TOOL-7] fails on a requirement marked "tests" without a test', () => {
    expect(messages(titled('DUR-1') + titled('DUR-2') + titled('A6.3'))).toEqual([
      expect.stringMatching(/^E-06 is marked "tests"/),
    ])
  })

  it('[TOOL-7] fails on a test of something nobody promised', () => {
    expect(messages(GOOD + titled('DUR-3'))).toEqual([expect.stringMatching(/^\[DUR-3\] is neither/)])
  })

  it('[TOOL-7] fails on a gap that a test carries, in both documents', () => {
    expect(messages(GOOD + titled('LOG-9', 'D-15'))).toEqual([
      expect.stringMatching(/^LOG-9 is listed as a gap/),
      expect.stringMatching(/^D-15 is marked as a gap/),
    ])
  })

  it('[TOOL-7] fails on a gap without a reason, a made-up status and an id twice', () => {
    const bad = `${REQUIREMENTS}| E-07 | Resent | gap: |\n| E-08 | Once | soon |\n| E-06 | Again | tests |\n`
    expect(messages(GOOD, SPEC, bad)).toEqual([
      expect.stringMatching(/^E-06 is there twice/),
      expect.stringMatching(/^E-07 has the status "gap:"/),
      expect.stringMatching(/^E-08 has the status "soon"/),
    ])
  })

  it('[TOOL-7] does not take an id in the middle of a title, or in a comment, for a claim', () => {
    expect(idsInTests(test(`// [DUR-1]\n${titled('X').replace('[X]', 'see [DUR-1]')}`))).toEqual([])
  })
})

describe('[TOOL-8] test titles', () => {
  it.each(["it('works', f)", "it.each([1, 2])('works %i', f)", 'test(`works`, f)', "it.skip('works', f)"])(
    '[TOOL-8] fails on: %s',
    (text) => {
      expect(checkTitles(test(text))).toHaveLength(1)
    },
  )

  it.each([
    titled('DUR-1'),
    titled('DUR-1').replace('it', 'it.each([1])'),
    `${titled('DUR-1').replace('it', 'describe')}it('works', f)`,
    "list.it('works')",
  ])('[TOOL-8] is content with: %s', (text) => {
    expect(checkTitles(test(text))).toEqual([])
  })
})
