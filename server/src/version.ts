import { readFileSync } from 'node:fs'

const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')

/** As published, for example `0.1.0`. */
export const VERSION: string = (JSON.parse(manifest) as { version: string }).version
