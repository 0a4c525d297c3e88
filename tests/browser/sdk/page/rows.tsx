/** A long list on the React binding. Counts how often each row, and the list around them, is rendered. */
import { type Client, createClient, type Id, type List } from '@tandem/client-sdk'
import { ClientProvider, useItem, useItemIds, useList } from '@tandem/client-sdk/react'
import { memo, type ReactElement } from 'react'
import { createRoot } from 'react-dom/client'
import type { LabOptions } from './lab.ts'

export interface Rows {
  readonly client: Client
  readonly list: List
  /** Renders by row id; the list itself is counted as `list`. */
  readonly renders: Map<string, number>
}

declare global {
  interface Window {
    rows: Rows
  }
}

const { url, listId, token } = JSON.parse(decodeURIComponent(location.hash.slice(1))) as LabOptions
const client = createClient({ url, ...(token === undefined ? { getToken: async () => null } : { token }) })
const renders = new Map<string, number>()

function count(what: string): void {
  renders.set(what, (renders.get(what) ?? 0) + 1)
}

const Row = memo(function Row({ list, id }: { list: List; id: Id }): ReactElement {
  count(id)
  const item = useItem(list, id)
  return (
    <li>
      <label>
        <input type="checkbox" checked={item?.done ?? false} onChange={() => list.items.toggle(id)} />
        {item?.title}
      </label>
    </li>
  )
})

function Everything(): ReactElement {
  count('list')
  const list = useList(listId)
  const ids = useItemIds(list)
  return (
    <ul>
      {ids.map((id) => (
        <Row key={id} list={list} id={id} />
      ))}
    </ul>
  )
}

window.rows = { client, list: client.lists.open(listId), renders }
const root = document.getElementById('root')
if (root === null) throw new Error('The page has no #root')
createRoot(root).render(
  <ClientProvider client={client}>
    <Everything />
  </ClientProvider>,
)
