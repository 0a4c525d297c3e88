import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'

const source = await readFile(join(import.meta.dirname, '../../../examples/web/public/sw.js'), 'utf8')

/** What the browser keeps between builds: caches, in the order in which they were made. */
class Shelf {
  readonly all = new Map<string, Map<string, Response>>()

  async keys(): Promise<string[]> {
    return [...this.all.keys()]
  }

  async open(name: string) {
    const files = this.all.get(name) ?? new Map<string, Response>()
    this.all.set(name, files)
    return {
      match: async (path: string) => files.get(path)?.clone(),
      put: async (path: string, response: Response) => void files.set(path, response),
    }
  }

  async match(path: string): Promise<Response | undefined> {
    for (const files of this.all.values()) if (files.has(path)) return files.get(path)?.clone()
    return undefined
  }

  async delete(name: string): Promise<boolean> {
    return this.all.delete(name)
  }
}

/** The worker of a build of one page and one part that it loads later; `served` is what the server has. */
function worker(shelf: Shelf, version: string, served: ReadonlyMap<string, string>) {
  const files = ['/index.html', `/assets/later-${version.padEnd(8, '0')}.js`]
  const list = Object.fromEntries(files.map((path) => [path, integrityOf(`${path} of ${version}`)]))
  const text = source
    .replace(/^const VERSION = .*$/m, `const VERSION = '${version}'`)
    .replace(/^const FILES = .*$/m, () => `const FILES = ${JSON.stringify(list)}`)
  const listeners = new Map<string, (event: object) => void>()
  let isLetIn = false
  const fetch = async (path: string, { integrity }: { integrity?: string } = {}): Promise<Response> => {
    const body = served.get(path)
    if (body === undefined) return new Response('', { status: 404 })
    if (integrity !== undefined && integrityOf(body) !== integrity) throw new TypeError('another file')
    return new Response(body)
  }
  const self = {
    addEventListener: (type: string, listener: (event: object) => void) => listeners.set(type, listener),
    location: { origin: 'https://lists.example' },
    clients: { claim: async () => undefined },
    skipWaiting: () => {
      isLetIn = true
    },
  }
  runInNewContext(text, { self, caches: shelf, fetch, Response, URL })
  const send = async (type: string): Promise<void> => {
    let work: Promise<unknown> = Promise.resolve()
    listeners.get(type)?.({ waitUntil: (promise: Promise<unknown>) => (work = promise) })
    await work
  }
  const ask = async (path: string, mode = 'no-cors'): Promise<string | null> => {
    let answer: Promise<Response> | null = null
    const request = { method: 'GET', mode, url: `https://lists.example${path}` }
    listeners.get('fetch')?.({ request, respondWith: (given: Promise<Response>) => (answer = given) })
    return answer === null ? null : (await (answer as Promise<Response>)).text()
  }
  return {
    files,
    install: () => send('install'),
    activate: () => send('activate'),
    ask,
    tell: (data: unknown) => listeners.get('message')?.({ data }),
    isLetIn: () => isLetIn,
  }
}

function integrityOf(body: string): string {
  return `sha256-${createHash('sha256').update(body).digest('base64')}`
}

const built = (version: string): ReadonlyMap<string, string> =>
  new Map(
    ['/index.html', `/assets/later-${version.padEnd(8, '0')}.js`].map((path) => [
      path,
      `${path} of ${version}`,
    ]),
  )

it('[APP-66][APP-65] the page that is open keeps its files, however many builds were fetched and never let in, or broke off half-way', async () => {
  const shelf = new Shelf()
  const first = worker(shelf, 'a', built('a'))
  await first.install()
  await first.activate()
  const [, later = ''] = first.files

  await worker(shelf, 'b', built('b')).install()
  await expect(
    worker(shelf, 'c', new Map([...built('c'), ['/index.html', 'half']])).install(),
  ).rejects.toThrow()
  const last = worker(shelf, 'd', built('d'))
  await last.install()
  await last.activate()

  expect(await last.ask(later)).toBe(`${later} of a`)
  expect(await last.ask('/l/1', 'navigate')).toBe('/index.html of d')
  expect([...shelf.all.keys()].filter((name) => name.startsWith('tandem-files-'))).toEqual([
    'tandem-files-a',
    'tandem-files-d',
  ])
  // What is the server's is asked of the server, also when it is opened as a page, and so is everything that no build has.
  for (const path of ['/api/v1/lists', '/docs', '/health/ready', '/icon.svg']) {
    expect([path, await last.ask(path), await last.ask(path, 'navigate')]).toEqual([path, null, null])
  }

  // Back to the build before, and nothing of the others stays for ever.
  const again = worker(shelf, 'a', built('a'))
  await again.install()
  await again.activate()
  expect(await again.ask('/', 'navigate')).toBe('/index.html of a')
  const next = worker(shelf, 'e', built('e'))
  await next.install()
  await next.activate()
  expect([...shelf.all.keys()].filter((name) => name.startsWith('tandem-files-'))).toEqual([
    'tandem-files-a',
    'tandem-files-e',
  ])
})

it('[APP-66] a build that is here whole waits until a page lets it in', async () => {
  const next = worker(new Shelf(), 'b', built('b'))
  await next.install()
  next.tell('anything else')
  expect(next.isLetIn()).toBe(false)
  next.tell('let-in')
  expect(next.isLetIn()).toBe(true)
})
