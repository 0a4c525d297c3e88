import { readFileSync } from 'node:fs'
import { createClient } from '@tandem/client-sdk'
import { expect, it } from 'vitest'
import { guest } from '../../support/people.ts'
import { startServer } from '../../support/server.ts'

it('[TOOL-10] the README’s example runs as it is printed, against a real server, and ends with everything saved', async () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  expect(example).toContain('createClient')
  const server = await startServer()
  const { token } = await guest(server.url, 'Anna')

  const printed: string[] = []
  const body = example.replace(/^import .*$/m, '').replace('http://127.0.0.1:4000', server.url)
  const AsyncFunction = (async () => undefined).constructor as new (
    ...text: string[]
  ) => (...given: unknown[]) => Promise<unknown>
  const run = new AsyncFunction('createClient', 'token', 'console', body)
  await run(createClient, token, { log: (line: string) => printed.push(line) })

  const answer = await fetch(`${server.url}/api/v1/lists`, { headers: { authorization: `Bearer ${token}` } })
  expect(await answer.json()).toMatchObject({ lists: [{ title: 'Groceries', role: 'owner' }] })
  expect(printed).toContain('synced')
  await server.stop()
})
