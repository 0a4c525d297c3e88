import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AUDIT_ACTIONS } from '../../../server/src/audit/actions.ts'
import { withClient } from '../../support/postgres.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { good, newLink, type Person, people, refused, shared } from './stage.ts'

let server: RunningServer
let ana: Person
let ben: Person
let cleo: Person
beforeAll(async () => {
  server = await startServer()
  ;[ana, ben, cleo] = (await people(server, 'Ana', 'Ben', 'Cleo')) as [Person, Person, Person]
})
afterAll(() => server.stop())

interface Entry {
  readonly id: number
  readonly action: string
  readonly actor: { readonly name: string } | null
  readonly subject: { readonly name: string } | null
  readonly detail: Record<string, unknown>
}

async function read(who: Person, listId: string, query = ''): Promise<{ entries: Entry[]; more: boolean }> {
  return good(await who.get(`/lists/${listId}/audit${query}`))
}

/** As a person would say it, oldest first. */
async function story(listId: string): Promise<string[]> {
  const { entries } = await read(ana, listId, '?limit=200')
  return entries
    .reverse()
    .map(({ actor, action, subject }) => [actor?.name, action, subject?.name].filter(Boolean).join(' '))
}

describe('the audit log', () => {
  it('[SHARE-18][Z-18] each change of access is one entry with who, what and whom', async () => {
    const id = await shared(server, ana, [[ben, 'viewer']])
    good(await ana.put(`/lists/${id}/members/${ben.userId}`, { role: 'admin' }))
    good(await ana.patch(`/lists/${id}/settings`, { editorsMayShare: true }))
    type Waiting = { readonly invitation: { readonly id: string } }
    const { invitation } = good<Waiting>(
      await ben.post(`/lists/${id}/invitations`, { email: 'x@example.org', role: 'viewer' }),
    )
    good(await ben.delete(`/lists/${id}/invitations/${invitation.id}`))
    const link = await newLink(ben, id)
    good(await cleo.post('/links/redeem', { token: link.token }))
    good(await cleo.post(`/lists/${id}/leave`))
    good(await ana.delete(`/lists/${id}/links/${link.id}`))
    good(await ana.post(`/lists/${id}/transfer`, { userId: ben.userId }))
    good(await ben.post(`/lists/${id}/transfer`, { userId: ana.userId }))
    good(await ana.delete(`/lists/${id}/members/${ben.userId}`))
    good(await ana.delete(`/lists/${id}`))
    good(await ana.post(`/lists/${id}/restore`))
    const told = await story(id)
    expect(told).toEqual([
      expect.stringMatching(/^Ana list\.created/),
      'Ana grant.given Ben',
      'Ana grant.changed Ben',
      'Ana settings.changed',
      expect.stringMatching(/^Ben invitation\.made/),
      expect.stringMatching(/^Ben invitation\.withdrawn/),
      'Ben link.made',
      expect.stringMatching(/^Cleo link\.redeemed/),
      expect.stringMatching(/^Cleo grant\.left/),
      expect.stringMatching(/^Ana link\.revoked/),
      'Ana grant.transferred Ben',
      'Ben grant.transferred Ana',
      'Ana grant.revoked Ben',
      'Ana list.deleted',
      'Ana list.restored',
    ])
    const { entries } = await read(ana, id, '?limit=200')
    for (const { action } of entries) expect(AUDIT_ACTIONS).toHaveProperty([action])
  })

  it('[SHARE-19][Z-18] is read by those who manage members, in pages, and carries no secret', async () => {
    const id = await shared(server, ana, [
      [ben, 'editor'],
      [cleo, 'admin'],
    ])
    expect(await ben.get(`/lists/${id}/audit`)).toMatchObject(refused(403, 'not-allowed'))
    const link = await newLink(ana, id, { role: 'viewer', password: 'do not write me down' })
    const first = await read(cleo, id, '?limit=3')
    expect(first).toMatchObject({ more: true, entries: [{ action: 'link.made' }, {}, {}] })
    const rest = await read(cleo, id, `?limit=3&before=${first.entries.at(-1)?.id}`)
    expect(rest).toMatchObject({ more: false, entries: [{ action: 'list.created' }] })
    const text = JSON.stringify([first, rest])
    expect(text).not.toContain(link.token)
    expect(text).not.toContain('do not write')
    for (const query of ['?limit=0', '?limit=201', '?before=x', '?before=-1']) {
      expect(await cleo.get(`/lists/${id}/audit${query}`), query).toMatchObject(
        refused(400, 'validation-error'),
      )
    }
  })

  it('[SHARE-20][Z-18] what was refused is no entry, and what is entered cannot be changed or removed', async () => {
    const id = await shared(server, ana, [[ben, 'viewer']])
    const before = await story(id)
    expect(await ben.put(`/lists/${id}/members/${cleo.userId}`, { role: 'viewer' })).toMatchObject({
      status: 403,
    })
    expect(await ben.delete(`/lists/${id}/members/${ana.userId}`)).toMatchObject({ status: 409 })
    expect(await ben.delete(`/lists/${id}`)).toMatchObject({ status: 403 })
    expect(await story(id)).toEqual(before)
    const { databaseUrl } = server
    if (databaseUrl === null) throw new Error('a database of our own')
    for (const text of [
      "UPDATE audit_log SET action = 'nothing'",
      'DELETE FROM audit_log',
      'TRUNCATE audit_log',
    ]) {
      await expect(withClient(databaseUrl, (client) => client.query(text))).rejects.toThrow(/append-only/)
    }
  })
})
