import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Vitest begins with the largest files, and these are small and take long. */
const LONG = /\/tests\/(chaos|simulation)\//
const QUICK = /\/tests\/unit\//

/** Unit tests come last: they fill the gaps, so that no worker ends the run alone with a file of half a minute. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => turnOf(a) - turnOf(b))
  }
}

function turnOf({ moduleId }: TestSpecification): number {
  if (LONG.test(moduleId)) return 0
  return QUICK.test(moduleId) ? 2 : 1
}
