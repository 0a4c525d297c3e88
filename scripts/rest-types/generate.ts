/** Writes the types of the SDK's REST client from docs/openapi.json. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const root = fileURLToPath(new URL('../..', import.meta.url))
const FILE = 'client-sdk/src/rest/schema.ts'
const HEADER = '// Generated from docs/openapi.json by `npm run openapi`; not to be edited.\n\n'

interface Operation {
  responses: Record<string, unknown>
}

const document = JSON.parse(readFileSync(`${root}/docs/openapi.json`, 'utf8')) as {
  paths: Record<string, Record<string, Operation>>
}
for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
  const failures = Object.keys(operation.responses).filter((status) => Number(status) >= 400)
  // They are all the same problem; fifteen times at each operation they would be most of the file.
  const [first] = failures
  if (first !== undefined) operation.responses['default'] = operation.responses[first]
  for (const status of failures) delete operation.responses[status]
}

const types = astToString(await openapiTS(JSON.stringify(document), { alphabetize: true }))
writeFileSync(`${root}/${FILE}`, HEADER + types)
const formatted = spawnSync('biome', ['check', '--write', FILE], { cwd: root, stdio: 'inherit' })
if (formatted.status !== 0) process.exit(1)
console.log(FILE)
