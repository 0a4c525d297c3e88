import { defineConfig } from 'vitest/config'
import { SlowFirst } from './scripts/slow-first.ts'
import { VitestSummary } from './scripts/vitest-summary.ts'

const major = Number(process.versions.node.split('.')[0])
if (major < 22) {
  throw new Error(
    `Tests run on the pinned Node 24, and this is ${process.version}: use "npx vitest run" or "npm test".`,
  )
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/*.long.test.ts'],
    environment: 'node',
    globalSetup: ['tests/support/global-setup.ts'],
    // Only a test that hangs meets it: a busy machine can need ten times what a quiet one does.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // More than the cores of a small machine: tests wait for databases, sockets and browsers most of the time.
    maxWorkers: 3,
    retry: 0,
    sequence: { sequencer: SlowFirst },
    reporters: ['default', new VitestSummary()],
  },
})
