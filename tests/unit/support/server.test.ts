import { expect, it } from 'vitest'
import { createList, guest } from '../../support/people.ts'
import { startServer } from '../../support/server.ts'

it('[TOOL-9][OPS-3] a server of the tests is the real process on its own database, and can be killed and started on it again', async () => {
  const first = await startServer()
  const { token } = await guest(first.url, 'Anna')
  const { id } = await createList(first.url, token, { title: 'Groceries' })
  await first.kill()
  expect(first.exitCode()).toBe(null)

  const second = await startServer({ databaseUrl: first.databaseUrl })
  const response = await fetch(`${second.url}/api/v1/lists/${id}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(await response.json()).toMatchObject({ id, title: 'Groceries' })
  await second.stop()
  expect(second.exitCode()).toBe(0)
  await first.stop()
})
