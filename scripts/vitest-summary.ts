import type { Reporter, TestModule } from 'vitest/node'

/**
 * Ends every run with one plain line, `N passed, M failed`, for people and for programs.
 *
 * With TANDEM_REQUIRE_ALL=1 (as in CI) a skipped test counts as failed: a suite that quietly does not run, for want of
 * a browser or a database, must not look like a suite that passed.
 */
export class VitestSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0
    let failed = unhandled.length
    const skipped: string[] = []
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') passed += 1
        else if (state === 'failed') failed += 1
        else skipped.push(`${module.relativeModuleId} > ${test.fullName}`)
      }
    }
    if (skipped.length > 0 && process.env['TANDEM_REQUIRE_ALL'] === '1') {
      failed += skipped.length
      process.exitCode = 1
      for (const name of skipped) console.error(`skipped, and must not be: ${name}`)
    }
    console.log(
      `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
    )
  }
}
