import { defineConfig } from 'vitest/config'
import base from './vitest.config.ts'

/** Crash and soak runs that take minutes: `npm run test:crash`. `npm test` runs shorter forms of the same (`tests/support/long.ts`). */
export default defineConfig({
  test: {
    ...base.test,
    include: [
      'tests/**/*.long.test.ts',
      'tests/chaos/{hostile,outage}.test.ts',
      'tests/integration/rest/fuzz.test.ts',
      'tests/integration/persistence/outage.test.ts',
    ],
    env: { TANDEM_LONG: '1' },
    exclude: ['**/node_modules/**'],
    testTimeout: 30 * 60_000,
    hookTimeout: 5 * 60_000,
    maxWorkers: 1,
  },
})
