import { gzipSync } from 'node:zlib'
import type { Fault } from './fault.ts'

/** What Vite writes about a chunk of a build, as far as it is asked here. */
export interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
}
export type Manifest = Readonly<Record<string, Chunk>>

/** All script that a person waits for before the first list answers, compressed. */
export const FIRST_ROUTE_KB = 250
const KB = 1_000

/** The page itself, and the parts of a list's page where they are chunks of their own. */
const FIRST_ROUTE = [
  'index.html',
  'src/list/list-page.tsx',
  'src/list/add/quick-add.tsx',
  'src/list/add/add-field.tsx',
]

/** Names of settings that are secrets: none of them has any business in a page. */
const SECRETS = ['DATABASE_URL', 'AUTH_JWT_SECRET', 'SMTP_URL']

/** The scripts that the first route needs, each once: the entries and all they import without waiting. */
export function firstRouteOf(manifest: Manifest): string[] {
  const seen = new Set<string>()
  const visit = (name: string): void => {
    const chunk = manifest[name]
    if (chunk === undefined || seen.has(name)) return
    seen.add(name)
    for (const imported of chunk.imports ?? []) visit(imported)
  }
  for (const name of FIRST_ROUTE) visit(name)
  return [...new Set([...seen].flatMap((name) => manifest[name]?.file ?? []))].filter((file) =>
    file.endsWith('.js'),
  )
}

export interface Build {
  readonly manifest: Manifest
  /** Every file, by its path in the build. */
  readonly files: ReadonlyMap<string, Buffer>
}

export function checkBundle({ manifest, files }: Build): {
  readonly faults: readonly Fault[]
  readonly kb: number
} {
  const route = firstRouteOf(manifest)
  const bytes = route.reduce((sum, file) => sum + gzipSync(files.get(file) ?? '', { level: 9 }).length, 0)
  const kb = Math.ceil(bytes / KB)
  const faults: Fault[] = []
  const file = 'examples/web'
  if (route.length === 0) faults.push({ file, message: 'the build has no entry' })
  if (kb > FIRST_ROUTE_KB) {
    const message = `the first route needs ${kb} kB of script (gzip), and ${FIRST_ROUTE_KB} are allowed: load something lazily`
    faults.push({ file, message })
  }
  for (const [path, content] of files) {
    const text = content.toString('latin1')
    for (const secret of SECRETS) {
      if (text.includes(secret)) faults.push({ file, message: `${path} of the build speaks of ${secret}` })
    }
  }
  return { faults, kb }
}
