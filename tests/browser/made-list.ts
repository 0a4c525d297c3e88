import { createClient, type List } from '../../client-sdk/src/index.ts'
import { createList } from '../support/people.ts'
import type { RunningServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import type { Person } from './app.ts'

/** A list that somebody made elsewhere, with what is in it, for tests of what comes then. It is on the server whole. */
export async function madeList(
  server: RunningServer,
  owner: Person,
  title: string,
  fill: readonly string[] | ((list: List) => unknown) = [],
): Promise<string> {
  const { token } = owner.session()
  const { id } = await createList(server.url, token, { title })
  if (fill.length === 0) return id
  const client = createClient({ url: server.url, token, storage: 'memory' })
  try {
    const list = client.lists.open(id)
    await until(() => list.status.getSnapshot().state === 'synced', { what: `the list ${title}` })
    if (typeof fill === 'function') fill(list)
    else list.items.addMany(fill)
    if (!(await client.flush({ timeoutMs: 20_000 }))) throw new Error(`${title} was not saved`)
    return id
  } finally {
    await client.close()
  }
}
