import { type ClientError, joinAsGuest, type List, previewLink } from '@tandem/client-sdk'
import { createMemoryStorage } from '@tandem/client-sdk/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { again, closeAll, isSynced, type Person, person, sharedList, titles } from './two-people.ts'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})
afterEach(closeAll)
afterAll(() => server.stop())

const people = (...names: string[]): Promise<Person[]> =>
  Promise.all(names.map((name) => person(server.url, name)))

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('missing')
  return value
}

/** Far below the time after which it would be looked at without a hint. */
const SECONDS_MS = 15_000

/** Looks, so that it is read and kept up. */
function watch(readable: { subscribe(onChange: () => void): () => void }): void {
  readable.subscribe(() => undefined)
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing went wrong',
    (error: ClientError) => error.code,
  )

/** Twice: the first may be found by a look that was due anyway. */
async function expectInvitationsToArrive(from: Person, to: Person): Promise<void> {
  for (let time = 1; time <= 2; time++) {
    const list = must((await sharedList(server.url, from))[0])
    expect(await list.invitations.invite({ userId: to.identity.userId }, 'editor')).toBe('joined')
    const isThere = (): boolean => to.client.lists.getSnapshot().some(({ id }) => id === list.id)
    await until(isThere, { timeoutMs: SECONDS_MS, what: `list ${time} in the overview` })
  }
}

describe('members', () => {
  it('[SDKA-11][P-17] are read when somebody looks, and show roles, who let whom in, and oneself', async () => {
    const [ann, ben] = await people('Ann', 'Ben')
    const [hers] = await sharedList(server.url, must(ann), must(ben))
    const list = must(hers)
    expect(list.members.getSnapshot()).toEqual([])
    watch(list.members)
    await until(() => list.members.getSnapshot().length === 2)
    expect(list.members.getSnapshot()).toMatchObject([
      { name: 'Ann', role: 'owner', isYou: true, viaLink: false },
      { name: 'Ben', role: 'editor', isYou: false, invitedBy: { name: 'Ann' } },
    ])
    const [first] = list.members.getSnapshot()
    await list.members.refresh()
    expect(list.members.getSnapshot()[0]).toBe(first)
  })

  it('[SDKA-11][C-15][N-06] an invitation puts the list into the other’s overview within seconds, without a reload', async () => {
    const [ann, ben] = await people('Ann', 'Ben')
    // Ben has another list open: his connection carries the news.
    const [other] = await sharedList(server.url, must(ben))
    watch(must(ben).client.lists)
    await expectInvitationsToArrive(must(ann), must(ben))
    expect(isSynced(must(other))).toBe(true)
  })

  it('[SDKA-11][C-15] so does it for somebody who is connected to another node', async () => {
    const { databaseUrl } = server
    const node = await startServer({ databaseUrl })
    try {
      const [ann, ben] = [await person(server.url, 'Ann'), await person(node.url, 'Ben')]
      await sharedList(node.url, ben)
      watch(ben.client.lists)
      await expectInvitationsToArrive(ann, ben)
    } finally {
      await closeAll()
      await node.stop()
    }
  }, 60_000)

  it('[SDKA-11][N-06] the same for somebody with no list at all, who has the overview open', async () => {
    const [ann, ben] = await people('Ann', 'Ben')
    const [hers] = await sharedList(server.url, must(ann))
    watch(must(ben).client.lists)
    await must(hers).invitations.invite({ userId: must(ben).identity.userId }, 'viewer')
    await until(() => must(ben).client.lists.getSnapshot().length === 1, { timeoutMs: 30_000 })
    expect(must(ben).client.lists.getSnapshot()[0]).toMatchObject({ title: 'Groceries', role: 'viewer' })
  })

  it('[SDKA-11][C-14][C-11] a new list is in the overview of the person’s other devices', async () => {
    const [ann] = await people('Ann')
    await sharedList(server.url, must(ann))
    const tablet = again(server.url, must(ann).identity, createMemoryStorage())
    await until(() => tablet.client.lists.getSnapshot().length === 1)
    const open = tablet.client.lists.open(must(tablet.client.lists.getSnapshot()[0]).id)
    await until(() => isSynced(open))
    for (const title of ['Holidays', 'Books']) {
      await must(ann).client.lists.create({ title }).confirmed
      await until(() => tablet.client.lists.getSnapshot().some((list) => list.title === title), {
        timeoutMs: SECONDS_MS,
        what: title,
      })
    }
    expect(tablet.client.user.getSnapshot()?.id).toBe(must(ann).identity.userId)
  })

  it('[SDKA-12] a change of role and a removal reach the member list of everybody who looks, and name whom the removed person let in', async () => {
    const [ann, ben, cem] = await people('Ann', 'Ben', 'Cem')
    const lists = await sharedList(server.url, must(ann), must(ben))
    const [hers, his] = [must(lists[0]), must(lists[1])]
    for (const list of [hers, his]) watch(list.members)
    await hers.members.setRole(must(ben).identity.userId, 'admin')
    await until(() => his.members.getSnapshot().find(({ isYou }) => isYou)?.role === 'admin')
    await his.invitations.invite({ userId: must(cem).identity.userId }, 'editor')
    await until(() => hers.members.getSnapshot().length === 3, { timeoutMs: SECONDS_MS })
    const { invited } = await hers.members.remove(must(ben).identity.userId)
    expect(invited).toEqual([{ userId: must(cem).identity.userId, name: 'Cem', role: 'editor' }])
    expect(hers.members.getSnapshot().map(({ name }) => name)).toEqual(['Ann', 'Cem'])
    await until(() => his.access.getSnapshot().state === 'ended')
    expect(his.members.getSnapshot()).toEqual([])
  })

  it('[SDKA-12] a transfer makes one owner, and the former one an admin', async () => {
    const [ann, ben] = await people('Ann', 'Ben')
    const lists = await sharedList(server.url, must(ann), must(ben))
    const [hers, his] = [must(lists[0]), must(lists[1])]
    await hers.members.transfer(must(ben).identity.userId)
    await until(() => his.info.getSnapshot().role === 'owner' && hers.info.getSnapshot().role === 'admin')
    expect(await codeOf(hers.members.transfer(must(ben).identity.userId))).toBe('not-allowed')
  })

  it('[SDKA-12] who may not is told so, and nothing changes', async () => {
    const [ann, ben, cem] = await people('Ann', 'Ben', 'Cem')
    const lists = await sharedList(server.url, must(ann), must(ben))
    const his = must(lists[1])
    expect(await codeOf(his.members.remove(must(ann).identity.userId))).toBe('not-allowed')
    expect(await codeOf(his.invitations.invite({ userId: must(cem).identity.userId }, 'viewer'))).toBe(
      'not-allowed',
    )
    await must(lists[0]).sharing.setEditorsMayShare(true)
    await until(() => his.sharing.getSnapshot().editorsMayShare && his.can.getSnapshot().share)
    expect(await his.invitations.invite({ userId: must(cem).identity.userId }, 'viewer')).toBe('joined')
  })

  it('[SDKA-12] an invitation by e-mail waits, is listed for those who may share, and can be withdrawn', async () => {
    const [ann, ben] = await people('Ann', 'Ben')
    const lists = await sharedList(server.url, must(ann), must(ben))
    const [hers, his] = [must(lists[0]), must(lists[1])]
    for (const list of [hers, his]) watch(list.invitations)
    expect(await hers.invitations.invite({ email: 'cem@example.org' }, 'viewer')).toBe('waiting')
    const [waiting] = hers.invitations.getSnapshot()
    expect(waiting).toMatchObject({ email: 'cem@example.org', role: 'viewer', invitedBy: { name: 'Ann' } })
    await hers.invitations.withdraw(must(waiting).id)
    expect(hers.invitations.getSnapshot()).toEqual([])
    expect(his.invitations.getSnapshot()).toEqual([])
  })

  it('[SDKA-12][P-19] who hides is somebody without a name to the others from then on, and the owner sees that they are there', async () => {
    const [ann, ben] = await people('Ann', 'Ben')
    const lists = await sharedList(server.url, must(ann), must(ben))
    const [hers, his] = [must(lists[0]), must(lists[1])]
    watch(hers.members)
    watch(his.members)
    await his.members.hide(true)
    await until(() => hers.members.getSnapshot().some(({ isAnonymous }) => isAnonymous), {
      timeoutMs: SECONDS_MS,
    })
    expect(JSON.stringify(hers.members.getSnapshot())).not.toContain(must(ben).identity.userId)
    // Under the id they go by, they can be removed like everybody else.
    const shown = must(hers.members.getSnapshot().find(({ isAnonymous }) => isAnonymous)).userId
    await hers.members.remove(shown)
    await until(() => his.access.getSnapshot().state === 'ended')
  })

  it('[SDKA-13] without a network the last known stays, a change is refused as "network", and all is read again afterwards', async () => {
    const [ann, ben] = await people('Ann', 'Ben')
    const lists = await sharedList(server.url, must(ann), must(ben))
    const hers = must(lists[0])
    watch(hers.members)
    await until(() => hers.members.getSnapshot().length === 2)
    must(ann).network.cut()
    await until(() => hers.status.getSnapshot().state === 'offline')
    expect(await codeOf(hers.members.remove(must(ben).identity.userId))).toBe('network')
    expect(await codeOf(hers.members.refresh())).toBe('network')
    expect(hers.members.getSnapshot()).toHaveLength(2)
    await must(ben).client.lists.leave(hers.id)
    must(ann).network.restore()
    await until(() => hers.members.getSnapshot().length === 1, { timeoutMs: 30_000 })
  })
})

describe('links', () => {
  it('[SDKA-14] a link is looked at, redeemed by who is signed in, again without a further use, and revoked', async () => {
    const [ann, ben] = await people('Ann', 'Ben')
    const hers = must((await sharedList(server.url, must(ann)))[0])
    watch(hers.links)
    const { id, url } = await hers.links.create({ role: 'editor', maxUses: 2, password: 'open sesame' })
    expect(url).toMatch(/\/join#[A-Za-z0-9_-]{32}$/)
    expect(hers.links.getSnapshot()).toMatchObject([
      { id, role: 'editor', uses: 0, maxUses: 2, hasPassword: true },
    ])
    expect(await must(ben).client.lookAtLink(url)).toMatchObject({
      role: 'editor',
      invitedBy: 'Ann',
      needsPassword: true,
    })
    expect(await codeOf(must(ben).client.redeem(url, { password: 'wrong one' }))).toBe('wrong-password')
    const his: List = await must(ben).client.redeem(url, { password: 'open sesame' })
    await until(() => isSynced(his))
    expect(his.can.getSnapshot().edit).toBe(true)
    await must(ben).client.redeem(url, { password: 'open sesame' })
    await hers.links.refresh()
    expect(hers.links.getSnapshot()).toMatchObject([{ uses: 1 }])
    expect(await hers.links.revoke(id, { disconnect: true })).toEqual({ ended: 1 })
    await until(() => his.access.getSnapshot().state === 'ended')
    expect(await codeOf(must(ben).client.lookAtLink(url))).toBe('link-over')
    expect(await codeOf(must(ben).client.lookAtLink('https://elsewhere/'))).toBe('link-over')
  })

  it('[SDKA-14] a guest joins with a name alone, and works in the list with the token they get', async () => {
    const [ann] = await people('Ann')
    const hers = must((await sharedList(server.url, must(ann)))[0])
    const { url: link } = await hers.links.create({ role: 'editor' })
    expect((await previewLink({ url: server.url, link })).needsPassword).toBe(false)
    const joined = await joinAsGuest({ url: server.url, link, name: 'Gast' })
    expect(joined.listId).toBe(hers.id)
    const identity = { token: joined.token ?? '', userId: joined.user?.id ?? '' }
    const gast = again(server.url, identity, createMemoryStorage())
    const theirs = gast.client.lists.open(joined.listId)
    await until(() => isSynced(theirs))
    await theirs.items.add('Cake').confirmed
    await until(() => titles(hers).includes('Cake'))
  })

  it('[SDKA-14][X-18] wrong passwords are throttled, with the time to wait', async () => {
    const [ann, ben] = await people('Ann', 'Ben')
    const hers = must((await sharedList(server.url, must(ann)))[0])
    const { url } = await hers.links.create({ role: 'viewer', password: 'open sesame' })
    const tried = async (): Promise<ClientError | null> =>
      must(ben)
        .client.redeem(url, { password: 'guess 12' })
        .then(
          () => null,
          (error: ClientError) => error,
        )
    let last: ClientError | null = null
    await until(
      async () => {
        last = await tried()
        return last?.code !== 'wrong-password'
      },
      { timeoutMs: 30_000 },
    )
    expect(last).toMatchObject({ code: 'too-many-requests', retryable: true })
    expect((last as ClientError | null)?.retryAfterMs).toBeGreaterThan(0)
  })
})

describe('whole lists', () => {
  it('[SDKA-15] who leaves keeps nothing of the list; who owns it cannot', async () => {
    const [ann, ben] = await people('Ann', 'Ben')
    const lists = await sharedList(server.url, must(ann), must(ben))
    const his = must(lists[1])
    await must(ben).client.lists.leave(his.id)
    await until(() => must(ben).client.lists.getSnapshot().length === 0)
    expect(await codeOf(must(ann).client.lists.leave(his.id))).toBe('not-allowed')
  })

  it('[SDKA-15][F-11] a deleted list is gone for everybody, and comes back for everybody', async () => {
    const [ann, ben] = await people('Ann', 'Ben')
    const lists = await sharedList(server.url, must(ann), must(ben))
    const [hers, his] = [must(lists[0]), must(lists[1])]
    await hers.items.add('Milk').confirmed
    // By which his device is told that something is given again.
    await must(ben).client.lists.create({ title: 'His own' }).confirmed
    await must(ann).client.lists.delete(hers.id)
    await until(() => his.access.getSnapshot().state === 'ended')
    expect(his.access.getSnapshot()).toMatchObject({ message: 'Ann deleted this list.' })
    expect(must(ann).client.lists.getSnapshot()).toEqual([])
    expect(await must(ann).client.lists.deleted()).toMatchObject([{ id: hers.id, title: 'Groceries' }])
    // What his device asks by itself after the end has been answered: from here on only news makes it ask again.
    await must(ben).client.lists.refresh()
    await until(() => his.access.getSnapshot().state === 'ended')
    await must(ann).client.lists.restore(hers.id)
    await until(() => must(ann).client.lists.getSnapshot().length === 1)
    const back = must(ann).client.lists.open(hers.id)
    await until(() => titles(back).includes('Milk'))
    expect(await must(ann).client.lists.deleted()).toEqual([])
    await until(() => titles(his).includes('Milk'), { timeoutMs: 20_000 })
  })
})
