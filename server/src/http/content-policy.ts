import { createHash } from 'node:crypto'

/**
 * The two style sheets that React Aria writes into the page, by their fixed text: how what is pressed takes touches, and how
 * the page behind a dialog stays where it is on iOS. A new text is a new hash, and the browser tests say so.
 */
const LIBRARY_STYLES = [
  'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=',
  'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg=',
]

/**
 * What a page of ours may do: load from this server only, talk to this server only, be framed by nobody, and neither run nor
 * draw by what was put into it as text. With trusted types not even our own code can make script of text: the one policy
 * that may be made hands out the address of the service worker.
 */
const RULES = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", ...LIBRARY_STYLES.map((hash) => `'${hash}'`)],
  'img-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['tandem-worker'],
}

export const CONTENT_POLICY = written(RULES)

/** The viewer of the API's documentation styles its elements inline, draws its icons with data addresses, and parses text as HTML. */
export const DOCS_POLICY = written({
  ...RULES,
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'require-trusted-types-for': [],
  'trusted-types': [],
})

/** For a page of our own that carries its one style sheet in itself. */
export function policyWithStyle(css: string): string {
  const hash = createHash('sha256').update(css).digest('base64')
  return written({ ...RULES, 'style-src': [`'sha256-${hash}'`] })
}

function written(rules: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(rules)
    .filter(([, sources]) => sources.length > 0)
    .map(([rule, sources]) => [rule, ...sources].join(' '))
    .join('; ')
}
