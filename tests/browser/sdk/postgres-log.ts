import * as Y from 'yjs'
import { ListView } from '../../../client-sdk/src/model/view.ts'
import { withClient } from '../../support/postgres.ts'

export interface LoggedList {
  readonly rows: number
  readonly items: readonly { readonly title: string; readonly done: boolean }[]
}

/** What PostgreSQL has of a list: how many rows, and the items that these rows alone give, in order. */
export async function logOf(databaseUrl: string, listId: string): Promise<LoggedList> {
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query<{ data: Buffer }>('SELECT data FROM list_updates WHERE list_id = $1 ORDER BY seq', [listId]),
  )
  const doc = new Y.Doc()
  for (const { data } of rows) Y.applyUpdate(doc, data)
  const view = new ListView(doc)
  const items = view.ids().flatMap((id) => {
    const item = view.item(id)
    return item === undefined ? [] : [{ title: item.title, done: item.done }]
  })
  return { rows: rows.length, items }
}
