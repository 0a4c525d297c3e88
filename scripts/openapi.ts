/** Writes docs/openapi.json: what the server says of its REST API at /api/v1/openapi.json. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseConfig } from '../server/src/config/parse.ts'
import { createHttp } from '../server/src/http/server.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const parsed = parseConfig({})
if (!parsed.ok) throw new Error('The default configuration does not parse.')

/** Routes are described here and never called: what they hold on to need not be there. */
const nothing: unknown = new Proxy(() => nothing, {
  get: (_target, name) => (name === 'then' || typeof name === 'symbol' ? undefined : nothing),
})
const unused = nothing as never

const app = await createHttp({
  config: parsed.config,
  webDir: `${root}/docs`,
  directory: unused,
  log: unused,
  answers: unused,
  people: unused,
  storage: unused,
  rooms: unused,
  tokens: unused,
  accounts: unused,
  mail: null,
  authenticate: unused,
  life: unused,
  metrics: unused,
  logger: unused,
  clock: unused,
})
await app.ready()
writeFileSync(`${root}/docs/openapi.json`, `${JSON.stringify(app.swagger(), null, 2)}\n`)
await app.close()
const formatted = spawnSync('biome', ['format', '--write', 'docs/openapi.json'], {
  cwd: root,
  stdio: 'inherit',
})
if (formatted.status !== 0) process.exit(1)
console.log('docs/openapi.json')
