import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'

/** Without these Chromium looks up its maker's hosts at every start; as root it needs `--no-sandbox`. */
const ARGS = [
  '--no-sandbox',
  '--disable-setuid-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--font-render-hinting=none',
]

/** A real, headless Chromium that came with `npm ci`. Contexts of one browser share nothing. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch(await launchOptions())
}

/** The same, with a profile on disk that outlives the browser: for "close it, open it again" and "kill it". */
export async function launchChromiumProfile(userDataDir: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(userDataDir, await launchOptions())
}

async function launchOptions() {
  const home = await unpackedHome()
  const fontsFile = join(home, 'tandem-fonts.conf')
  // Whole at once: a browser that starts beside this one and reads half of it would have other letters, of other widths.
  const written = `${fontsFile}.${randomUUID()}`
  await writeFile(written, fontsConfiguration(home))
  await rename(written, fontsFile)
  return {
    executablePath: join(home, 'chromium'),
    args: ARGS,
    env: { ...stringEnvironment(), HOME: home, FONTCONFIG_FILE: fontsFile },
  }
}

/** The package's own file names folders of another world; without any font a page has no letters and no widths. */
function fontsConfiguration(home: string): string {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(home, 'fonts', 'fonts')]
  return [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    ...folders.map((folder) => `<dir>${folder}</dir>`),
    `<cachedir>${join(home, 'font-cache')}</cachedir></fontconfig>`,
  ].join('\n')
}

/**
 * Unpacks once per version and machine. Two workers may do it at the same time: each unpacks into its own folder, and
 * the rename that comes second fails and uses the first one's.
 */
async function unpackedHome(): Promise<string> {
  const manifest = createRequire(import.meta.url)
    .resolve('@sparticuz/chromium')
    .replace(/build[\\/].*$/, 'package.json')
  const { version } = createRequire(import.meta.url)(manifest) as { version: string }
  const home = join(tmpdir(), `tandem-chromium-${version}`)
  if (existsSync(home)) return home
  const fresh = await mkdtemp(join(tmpdir(), 'tandem-chromium-unpack-'))
  const script = fileURLToPath(new URL('./extract-chromium.ts', import.meta.url))
  await promisify(execFile)(process.execPath, [script], { env: { ...process.env, TMPDIR: fresh } })
  try {
    await rename(fresh, home)
  } catch {
    await rm(fresh, { recursive: true, force: true })
  }
  return home
}

function stringEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])),
  )
}
