import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it } from 'vitest'
import { createClient } from '../../../client-sdk/src/client.ts'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import {
  ClientProvider,
  useAcross,
  useItemIds,
  useList,
  useStatus,
  useValue,
} from '../../../client-sdk/src/react/index.ts'
import { LIST_ID, workbench } from './workbench.ts'

it('[SDK-10] a page renders on a server: the same empty list each time, with nothing looked up and nothing thrown', async () => {
  const token = `x.${btoa(JSON.stringify({ sub: 'u_me', name: 'Me' }))}.x`
  const fetchNothing = async (): Promise<Response> => {
    throw new TypeError('There is no network here.')
  }
  const storage = createMemoryStorage()
  const client = createClient({ url: 'http://127.0.0.1:9', token, storage, fetch: fetchNothing })
  const Page = () => {
    const list = useList(LIST_ID)
    const open = useItemIds(list, { done: false })
    const status = useStatus(list, { smooth: true })
    const { title } = useValue(list.info)
    const { rows, isComplete } = useAcross({ dueUntil: '2024-03-15' })
    const across = `${rows.length} ${isComplete}`
    return createElement('p', null, `${title}|${open.length}|${status.state}|${across}`)
  }
  const render = () => renderToString(createElement(ClientProvider, { client }, createElement(Page)))
  expect(render()).toBe('<p>|0|loading|0 false</p>')
  expect(render()).toBe(render())
  await client.close()
})

it('[SDK-5] a selected part that says the same is the same object, so nothing renders for ever', async () => {
  const { list } = await workbench()
  list.items.addMany(['Milk', 'Bread'])
  let computed = 0
  const Page = () => {
    const pair = useValue(
      list.items.ids(),
      (ids) => {
        computed += 1
        return { count: ids.length }
      },
      (a, b) => a.count === b.count,
    )
    return createElement('p', null, pair.count)
  }
  expect(renderToString(createElement(Page))).toBe('<p>0</p>')
  expect(computed).toBeLessThan(5)
})
