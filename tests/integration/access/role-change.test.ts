import type { UserId } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../support/until.ts'
import { addItem, stockClient, stockSocket, titles } from '../sync/clients.ts'
import { newList } from '../sync/node.ts'
import { giveRole, heard, join, refusalsOf, type Stage, twoNodes } from './stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await twoNodes()
})

afterEach(() => stage.end())

describe('a role that changes while the list is open', () => {
  it('[LIVE-2][P-21][P-12] counts for the next edit, down and up, on both servers, without a reconnect', async () => {
    const { one, nodes } = stage
    const listId = await newList(one.storage, { bob: 'editor' })
    const tabs = await Promise.all(nodes.map((node) => join(node, listId, 'bob')))
    const ann = await join(one, listId, 'ann')
    for (const role of ['viewer', 'editor', 'checker', 'editor'] as const) {
      const before = tabs.map((tab) => heard(tab, 'welcome').length)
      await giveRole(one, listId, { userId: 'bob', role })
      await until(() => tabs.every((tab, n) => heard(tab, 'welcome').length > (before[n] ?? 0)), {
        timeoutMs: 2_000,
      })
      for (const [n, tab] of tabs.entries()) {
        expect(heard(tab, 'welcome').at(-1)).toMatchObject({ role, changedBy: 'Ann', userId: 'bob' })
        const refused = refusalsOf(tab).length
        const title = `${role} ${n}`
        // From a document of its own: after a refusal everything a document holds builds on the refused edit.
        const client = await join(nodes[n] ?? one, listId, 'bob')
        addItem(client.document, 'bob', title)
        await until(() => client.unanswered === 0)
        expect(refusalsOf(client).map(({ code }) => code)).toEqual(role === 'editor' ? [] : ['read-only'])
        expect(refusalsOf(tab)).toHaveLength(refused)
        client.drop()
      }
    }
    addItem(tabs[1]?.document ?? ann.document, 'bob', 'on the old socket')
    await until(() => titles(ann.document).includes('on the old socket'))
    expect(titles(ann.document).filter((title) => /viewer|checker/.test(title))).toEqual([])
    expect(tabs.map((tab) => [tab.denied, tab.closed])).toEqual([
      [null, null],
      [null, null],
    ])
  })

  it('[LIVE-2][P-21] the downgraded edit is refused on the socket that was open all along', async () => {
    const { one, two } = stage
    const listId = await newList(one.storage, { bob: 'editor' })
    const bob = await join(two, listId, 'bob')
    await giveRole(one, listId, { userId: 'bob', role: 'commenter' })
    await until(() => heard(bob, 'welcome').length === 2)
    const id = addItem(bob.document, 'bob', 'Too late')
    await until(() => refusalsOf(bob).length === 1)
    expect(refusalsOf(bob)[0]).toMatchObject({ code: 'read-only', keys: [`items/${id}`] })
    expect(bob.closed).toBeNull()
  })

  it('[LIVE-2] a stock provider sees its scope change', async () => {
    const { one, two } = stage
    const listId = await newList(one.storage, { bob: 'editor' })
    const socket = stockSocket(two)
    const { provider } = stockClient(socket, listId, 'bob')
    await until(() => provider.synced && provider.authorizedScope === 'read-write')
    await giveRole(one, listId, { userId: 'bob', role: 'viewer' })
    await until(() => provider.authorizedScope === 'readonly')
    await giveRole(one, listId, { userId: 'bob', role: 'checker' })
    await until(() => provider.authorizedScope === 'read-write')
    socket.destroy()
  })

  it('[LIVE-2][P-05] a list that is handed over: both hear of it, and by whom', async () => {
    const { one, two } = stage
    const listId = await newList(one.storage, { bob: 'editor' })
    const ann = await join(two, listId, 'ann')
    const bob = await join(two, listId, 'bob')
    const handed = await one.storage.grants.transfer({ listId, to: 'bob' as UserId, by: 'ann' as UserId })
    expect(handed.outcome).toBe('transferred')
    await Promise.all([
      one.hub.accessChanged(listId, 'ann' as UserId),
      one.hub.accessChanged(listId, 'bob' as UserId),
    ])
    await until(() => [ann, bob].every((client) => heard(client, 'welcome').length === 2))
    expect(heard(ann, 'welcome')[1]).toMatchObject({ role: 'admin', changedBy: 'Ann' })
    expect(heard(bob, 'welcome')[1]).toMatchObject({ role: 'owner', changedBy: 'Ann' })
  })

  it('[LIVE-2][P-19] somebody who is not to be named changes a role without being named', async () => {
    const { one, two } = stage
    const listId = await newList(one.storage, { bob: 'viewer' })
    await one.storage.grants.setAnonymous({ listId, userId: 'ann' as UserId, anonymous: true })
    const bob = await join(two, listId, 'bob')
    await giveRole(one, listId, { userId: 'bob', role: 'editor' })
    await until(() => heard(bob, 'welcome').length === 2)
    expect(heard(bob, 'welcome')[1]).toMatchObject({ role: 'editor', changedBy: null })
  })

  it('[LIVE-2][P-02] "editors may share" is told to everybody at once', async () => {
    const { one, two } = stage
    const listId = await newList(one.storage, { bob: 'editor' })
    const bob = await join(two, listId, 'bob')
    expect(heard(bob, 'welcome')[0]?.settings).toEqual({ editorsMayShare: false })
    const set = await one.storage.grants.setEditorsMayShare({
      listId,
      by: 'ann' as UserId,
      allowed: true,
      may: () => true,
    })
    expect(set.outcome).toBe('set')
    await one.hub.listAccessChanged(listId)
    await until(() => heard(bob, 'welcome').length === 2)
    expect(heard(bob, 'welcome')[1]).toMatchObject({ role: 'editor', settings: { editorsMayShare: true } })
    expect(heard(bob, 'welcome')[1]).not.toHaveProperty('changedBy')
  })
})
