/** `npm run check`: everything that can be said about the sources without running them. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkAdapters } from './adapters.ts'
import { checkArrows } from './arrows.ts'
import { buildWeb } from './build-web.ts'
import { checkBundle, FIRST_ROUTE_KB } from './bundle.ts'
import { type Fault, formatFault } from './fault.ts'
import { checkLength } from './length.ts'
import { checkLinks } from './links.ts'
import { checkPromises } from './promises.ts'
import { readDocuments, readSources } from './source-files.ts'
import { checkTitles, idsInTests } from './test-titles.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = readSources(root)
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const length = checkLength(sources)
let failed = 0

function report(name: string, faults: readonly Fault[]): void {
  console.log(
    `${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}${faults.length === 0 ? '' : `: ${faults.length}`}`,
  )
  for (const fault of faults) console.log(formatFault(fault))
  if (faults.length > 0) failed += 1
}

function run(name: string, program: string, args: readonly string[]): void {
  const result = spawnSync(join(root, 'node_modules', '.bin', program), args, { cwd: root, encoding: 'utf8' })
  const isOk = result.status === 0
  console.log(`${isOk ? 'ok  ' : 'FAIL'} ${name}`)
  if (isOk) return
  failed += 1
  console.log(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`)
}

function reportBundle(): void {
  try {
    const { faults, kb } = checkBundle(buildWeb(root))
    report(`size of the web app: ${kb} of ${FIRST_ROUTE_KB} kB, and no secrets in it`, faults)
  } catch (error) {
    report('the web app builds', [{ file: 'examples/web', message: String(error) }])
  }
}

run('types', 'tsc', ['--noEmit', '-p', 'tsconfig.json'])
run('lint and format', 'biome', ['check', '--error-on-warnings', '.'])
report('import arrows', checkArrows(sources))
report('file length', length.faults)
report('clock, chance, timers and environment only in their adapters', checkAdapters(sources))
report(
  'links in documents',
  checkLinks(readDocuments(root), (path) => existsSync(join(root, path))),
)
report('test titles', checkTitles(sources))
report(
  'promises and tests',
  checkPromises(read('docs/SPEC.md'), read('docs/requirements.md'), idsInTests(sources)),
)
reportBundle()
for (const warning of length.warnings) console.log(`note${formatFault(warning).slice(1)}`)
console.log(failed === 0 ? 'check: all good' : `check: ${failed} kinds of fault`)
process.exitCode = failed === 0 ? 0 : 1
