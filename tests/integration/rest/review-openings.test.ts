import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../../support/until.ts'
import { Api, type Body, type Person } from './api.ts'

let api: Api
beforeAll(async () => {
  api = await Api.start()
}, 60_000)
afterAll(() => api.stop())

async function openings(owner: Person, listId: string): Promise<unknown[]> {
  const { entries } = await api.ok(owner, `GET /lists/${listId}/audit?limit=200`)
  return (entries as Body[])
    .filter(({ action }) => action === 'list.opened')
    .map(({ actor }) => (actor as Body)['userId'])
}

const emptyVector = Buffer.from([0]).toString('base64')

it('[LIVE-7][Z-17] whoever reads a list without a socket is in the audit log, once however often they ask', async () => {
  const [ana, ben] = await Promise.all([api.person('Ana'), api.person('Ben')])
  const ways = [
    (id: string) => api.ok(ben, `GET /lists/${id}`),
    (id: string) => api.ok(ben, `GET /lists/${id}/items`),
    (id: string) => api.ok(ben, `GET /lists/${id}/changes?since_seq=0`),
    (id: string) => api.ok(ben, `POST /lists/${id}/sync`, { json: { stateVector: emptyVector } }),
    () => api.ok(ben, 'GET /lists?include=content'),
  ]
  for (const way of ways) {
    const id = await api.list(ana)
    await api.giveRole(ana, id, ben, 'viewer')
    await Promise.all([way(id), way(id), way(id)])
    await way(id)
    await until(async () => (await openings(ana, id)).length > 0)
    expect(await openings(ana, id)).toEqual([ben.userId])
  }
})

it('[LIVE-7][P-18] and a stranger who was shown nothing is not', async () => {
  const [ana, eve] = await Promise.all([api.person('Ana'), api.person('Eve')])
  const id = await api.list(ana)
  expect((await api.call(eve, `GET /lists/${id}`)).status).toBe(404)
  await api.ok(ana, `GET /lists/${id}`)
  await until(async () => (await openings(ana, id)).length > 0)
  expect(await openings(ana, id)).toEqual([ana.userId])
})
