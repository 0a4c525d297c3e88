import { readFileSync } from 'node:fs'
import { type Across, type Client, createClient, type List, type Readable } from '@tandem/client-sdk'
import { exportList, importInto, readImport } from '@tandem/client-sdk/exchange'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer, TEST_JWT_SECRET } from '../../support/server.ts'
import { until } from '../../support/until.ts'

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
const [signing = '', page = '', sharing = '', everywhere = ''] = [
  ...readme.matchAll(/```ts\n([\s\S]*?)```/g),
].map(([, code]) => code ?? '')

let server: RunningServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

/** Runs printed code with these names in place of what it imports; resolves with the value of `result`. */
async function run(code: string, given: Record<string, unknown>, result: string): Promise<unknown> {
  const body = `${code.replaceAll(/^import .*$/gm, '').replace('http://127.0.0.1:4000', server.url)}\nreturn ${result}`
  const AsyncFunction = (async () => undefined).constructor as new (
    ...text: string[]
  ) => (...values: unknown[]) => Promise<unknown>
  return new AsyncFunction(...Object.keys(given), body)(...Object.values(given))
}

async function sign(person: string): Promise<string> {
  const process = { env: { AUTH_JWT_SECRET: TEST_JWT_SECRET } }
  return String(await run(signing.replace('anna-17', person), { SignJWT, process }, 'token'))
}

async function get(path: string, token: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${server.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
  return { status: answer.status, body: await answer.json() }
}

describe('the README’s examples run as they are printed, against a real server', () => {
  it('[TOOL-10] an application’s own token makes a list, and everything is saved', async () => {
    const token = await sign('anna-17')
    const printed: string[] = []
    const console = { log: (line: string) => printed.push(line) }
    const client = await run(page, { createClient, token, getToken: async () => token, console }, 'client')
    await (client as Client).close()
    expect(await get('/lists', token)).toMatchObject({
      body: { lists: [{ title: 'Groceries', role: 'owner' }] },
    })
    expect(await get('/me', token)).toMatchObject({ body: { id: 'anna-17', name: 'Anna' } })
    expect(printed).toContain('synced')
  })

  it('[TOOL-10][A-16] making a list, sharing it, and adding, changing and deleting an item are one call each', async () => {
    const [token, ben] = [await sign('anna-18'), await sign('ben-4')]
    // Ben is somebody the server has seen.
    await get('/me', ben)
    const silent = { log: () => undefined }
    const names = { createClient, token, getToken: async () => token, console: silent }
    const removed = 'const removed = list.items.remove(milk.value); await removed.confirmed\n'
    const ended = await run(
      `${page}${removed}${sharing}`,
      names,
      '{ client, id: list.id, url, invited, items: list.items.ids().getSnapshot() }',
    )
    const { client, id, url, invited, items } = ended as Record<string, unknown> & { client: Client }
    await client.close()
    expect(url).toMatch(/\/join#[\w-]{32}$/)
    expect({ invited, items }).toEqual({ invited: [], items: [] })
    expect(await get(`/lists/${String(id)}`, ben)).toMatchObject({
      status: 403,
      body: { code: 'access-ended', by: 'Anna' },
    })
  })
  it('[TOOL-10] what is on all lists is found, names are known, and a list goes out into a file and in again', async () => {
    const token = await sign('anna-19')
    const names = { createClient, token, getToken: async () => token, console: { log: () => undefined } }
    const files = { exportList, importInto, readImport }
    const ended = await run(`${page}${everywhere}`, { ...names, ...files }, '{ client, list, found }')
    const { client, list, found } = ended as { client: Client; list: List; found: Readable<Across> }
    await until(() => found.getSnapshot().rows.length === 2)
    await until(() => list.names.getSnapshot()['anna-19'] === 'Anna')
    list.undo()
    await until(() => found.getSnapshot().rows.length === 1)
    await client.close()
  })
})
