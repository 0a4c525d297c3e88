import type { List } from '../../client-sdk/src/index.ts'
import { createList } from '../support/people.ts'
import type { RunningServer } from '../support/server.ts'
import type { Person } from './app.ts'
import { programOf } from './list-page.ts'

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
  const { client, list, flush } = await programOf(server, token, id)
  try {
    if (typeof fill === 'function') fill(list)
    else list.items.addMany(fill)
    await flush()
    return id
  } finally {
    await client.close()
  }
}
