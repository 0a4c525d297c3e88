import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ERRORS } from '../../../server/src/errors.ts'
import { launchChromium } from '../../support/chromium.ts'
import { ask } from '../http/ask.ts'
import { Api, type Body } from './api.ts'

interface Described {
  readonly operationId?: string
  readonly summary?: string
  readonly tags?: string[]
  readonly security?: unknown[]
  readonly responses: Record<string, { content?: Record<string, unknown> }>
}

let api: Api
let browser: Browser | undefined

beforeAll(async () => {
  api = await Api.start()
})
afterAll(async () => {
  await browser?.close()
  await api.stop()
})

const root = fileURLToPath(new URL('../../../', import.meta.url))

describe('the OpenAPI document', () => {
  it('[REST-12][C-26] in the repository is the one the server serves', async () => {
    const { text, headers } = await ask(`${api.server.url}/api/v1/openapi.json`)
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    const kept: unknown = JSON.parse(readFileSync(`${root}docs/openapi.json`, 'utf8'))
    expect(JSON.parse(text), 'run "npm run openapi" and commit what it writes').toEqual(kept)
  })

  it('[REST-12][C-26] says of every endpoint what it is for, who may call it, and how it fails', async () => {
    const { body } = await ask(`${api.server.url}/api/v1/openapi.json`)
    const { paths, tags, components } = body as {
      paths: Record<string, Record<string, Described>>
      tags: { name: string }[]
      components: { schemas: Record<string, unknown> }
    }
    const known = new Set(tags.map((tag) => tag.name))
    const ids = new Set<string>()
    let count = 0
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, described] of Object.entries(methods)) {
        const name = `${method} ${path}`
        count += 1
        expect(described.summary, name).toBeTruthy()
        expect(described.tags?.every((tag) => known.has(tag)) && described.tags.length > 0, name).toBe(true)
        expect(described.security, name).toBeInstanceOf(Array)
        const statuses = Object.keys(described.responses).map(Number)
        expect(
          statuses.some((status) => status < 300),
          name,
        ).toBe(true)
        expect(statuses, name).toContain(503)
        if ((described.security ?? []).length > 0) expect(statuses, name).toContain(401)
        if (path.includes('{listId}')) expect(statuses, name).toEqual(expect.arrayContaining([403, 404]))
        for (const [status, { content }] of Object.entries(described.responses)) {
          if (Number(status) >= 400)
            expect(Object.keys(content ?? {}), name).toEqual(['application/problem+json'])
        }
        ids.add(String(described.operationId))
      }
    }
    expect(count).toBeGreaterThan(40)
    expect(ids.size).toBe(count)
    const text = JSON.stringify(body)
    for (const name of Object.keys(components.schemas))
      expect(text).toContain(`#/components/schemas/${name}"`)
    expect(text).not.toContain('Default Response')
  })

  it('[REST-12][C-16] every failure it names is one of the catalogue', () => {
    for (const [code, { status, title, advice }] of Object.entries(ERRORS)) {
      if (status === null) continue
      expect(
        [code, title, advice].every((text) => text.length > 3),
        code,
      ).toBe(true)
    }
  })

  it('[REST-13] can be read at /docs, under our own content policy, with nothing loaded from elsewhere', async () => {
    const { headers } = await ask(`${api.server.url}/docs`)
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'/)
    expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/)
    browser = await launchChromium()
    const page = await browser.newPage()
    const foreign: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(api.server.url) && !request.url().startsWith('data:'))
        foreign.push(request.url())
    })
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(`${api.server.url}/docs`)
    await page.getByText('Change fields of an item').first().waitFor({ timeout: 30_000 })
    await page.getByText('Change fields of an item').first().click()
    await page.getByText('Fields that are not named stay.').first().waitFor({ timeout: 30_000 })
    expect({ foreign, complaints }).toEqual({ foreign: [], complaints: [] })
  })
})

describe('the error classes', () => {
  it('[API-3][C-16] each has its own code, a sentence for people, and no trace of the inside', async () => {
    const alice = await api.person('Alice')
    const bob = await api.person('Bob')
    const list = await api.list(alice)
    await api.giveRole(alice, list, bob, 'viewer')
    const answers = {
      auth: await api.call(null, `GET /lists/${list}`),
      permission: await api.call(bob, `POST /lists/${list}/items`, { json: { title: 'x' } }),
      validation: await api.call(alice, `POST /lists/${list}/items`, { json: { title: 5 } }),
      action: await api.call(alice, `POST /lists/${list}/items/no-such-item/restore`),
      error: await api.call(alice, 'GET /nothing/here'),
    }
    const codes = Object.values(answers).map(({ body }) => body['code'])
    expect(codes).toEqual([
      'unauthenticated',
      'not-allowed',
      'validation-error',
      'no-such-record',
      'no-such-route',
    ])
    for (const { body, text } of Object.values(answers) as { body: Body; text: string }[]) {
      expect(String(body['detail']).length).toBeGreaterThan(5)
      expect(text).not.toMatch(/\.ts:\d|node_modules|at Object/)
    }
  })
})
