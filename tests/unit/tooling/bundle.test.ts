import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { checkBundle, FIRST_ROUTE_KB, firstRouteOf } from '../../../scripts/check/bundle.ts'

const html = '<link href="/assets/index.css"><script type="module" src="/assets/index.js"></script>'
const manifest = {
  // A style sheet of the page has taken the name of its entry.
  'index.html': { file: 'assets/index.css' },
  'src/main.tsx': { file: 'assets/index.js', imports: ['_shared.js', '_words.js'] },
  '_shared.js': { file: 'assets/shared.js', imports: ['_words.js'] },
  '_words.js': { file: 'assets/words.js' },
  'src/list/list-page.tsx': { file: 'assets/list.js', imports: ['_shared.js'] },
  'src/sharing/share-dialog.tsx': { file: 'assets/dialog.js', imports: ['_overlays.js'] },
  '_overlays.js': { file: 'assets/overlays.js' },
}

it('[APP-68] the first route is the page, a list’s page and all they import, each once; what is loaded later is not in it', () => {
  expect(firstRouteOf(manifest, html).sort()).toEqual([
    'assets/index.js',
    'assets/list.js',
    'assets/shared.js',
    'assets/words.js',
  ])
})

it('[APP-68] a first route above the limit is a fault, and what is loaded later may be as large as it likes', () => {
  const large = randomBytes(FIRST_ROUTE_KB * 1_000)
  const page = ['index.html', Buffer.from(html)] as const
  const build = (heavy: string) => ({ manifest, files: new Map([page, [heavy, large]]) })
  expect(checkBundle(build('assets/overlays.js')).faults).toEqual([])
  const { faults, kb } = checkBundle(build('assets/shared.js'))
  expect(kb).toBeGreaterThan(FIRST_ROUTE_KB)
  expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining(`${kb} kB`)])
  expect(checkBundle({ manifest: {}, files: new Map() }).faults).toHaveLength(1)
})

it('[APP-69][Z-22] the name of a secret setting anywhere in the build is a fault, in a source map as well', () => {
  const files = new Map([
    ['index.html', Buffer.from(html)],
    ['assets/index.js', Buffer.from('connect(env.DATABASE_URL)')],
    ['assets/index.js.map', Buffer.from('{"sourcesContent":["AUTH_JWT_SECRET"]}')],
  ])
  expect(checkBundle({ manifest, files }).faults).toHaveLength(2)
})
