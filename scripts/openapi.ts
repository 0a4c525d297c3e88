/** Writes docs/openapi.json: what the server says of its REST API at /api/v1/openapi.json. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseConfig } from '../server/src/config/parse.ts'
import type { HttpContext } from '../server/src/http/context.ts'
import { createHttp } from '../server/src/http/server.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const parsed = parseConfig({})
if (!parsed.ok) throw new Error('The default configuration does not parse.')

/** The routes are described and never called, so that what they hold on to need not be there. */
const nothing: unknown = new Proxy(() => nothing, {
  get: (_target, name) => (name === 'then' || typeof name === 'symbol' ? undefined : nothing),
})
const context = new Proxy({} as HttpContext, {
  get(_target, name) {
    if (name === 'config') return parsed.config
    return name === 'webDir' ? `${root}/docs` : nothing
  },
})

const app = await createHttp(context)
await app.ready()
writeFileSync(`${root}/docs/openapi.json`, `${JSON.stringify(app.swagger(), null, 2)}\n`)
await app.close()
console.log('docs/openapi.json')
