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

/** The parts of a list's page, where they are chunks of their own. */
const LIST_PAGE = ['src/list/list-page.tsx', 'src/list/add/quick-add.tsx']

/** Names of settings that are secrets: none of them has any business in a page. */
const SECRETS = ['DATABASE_URL', 'AUTH_JWT_SECRET', 'SMTP_URL']

/** The scripts that the first route needs, each once: what the page names, a list's page, and all they import without waiting. */
export function firstRouteOf(manifest: Manifest, html: string): string[] {
  const chunks = Object.values(manifest)
  const files = new Set<string>()
  const visit = (file: string | undefined): void => {
    if (file === undefined || !file.endsWith('.js') || files.has(file)) return
    files.add(file)
    const imports = chunks.filter((chunk) => chunk.file === file).flatMap((chunk) => chunk.imports ?? [])
    for (const name of imports) visit(manifest[name]?.file)
  }
  // By the page and not by the manifest's entry, which a style sheet of the page may have taken.
  for (const [, file] of html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)) visit(file)
  for (const name of LIST_PAGE) visit(manifest[name]?.file)
  return [...files]
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
  const route = firstRouteOf(manifest, String(files.get('index.html') ?? ''))
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
