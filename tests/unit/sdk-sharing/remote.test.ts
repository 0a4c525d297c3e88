import { expect, it } from 'vitest'
import type { Answer } from '../../../client-sdk/src/client/request.ts'
import { Remote } from '../../../client-sdk/src/sharing/remote.ts'
import { FakeEnvironment, settle } from '../connection/fake-environment.ts'

interface One {
  readonly id: string
  readonly role: string
}

function remote(o: { mayLoad?: () => boolean } = {}) {
  const environment = new FakeEnvironment()
  const state = { all: [{ id: 'a', role: 'owner' }] as One[], loads: 0, isDown: false }
  const load = async (): Promise<Answer<readonly One[]>> => {
    state.loads += 1
    if (state.isDown) return { outcome: 'unreachable', cause: null, status: null, retryAfterMs: null }
    return { outcome: 'ok', value: state.all.map((one) => ({ ...one })) }
  }
  return {
    environment,
    state,
    made: new Remote<One>({ environment, mayLoad: o.mayLoad ?? (() => true), load }),
  }
}

it('[SDKA-11] nothing is read before somebody looks, and once for several who do', async () => {
  const { state, made } = remote()
  expect(made.getSnapshot()).toEqual([])
  made.expire()
  expect(state.loads).toBe(0)
  made.subscribe(() => undefined)
  made.subscribe(() => undefined)
  await settle()
  expect(state.loads).toBe(1)
  expect(made.getSnapshot()).toEqual(state.all)
})

it('[SDKA-11] what says the same stays the same object, and nobody is told of it', async () => {
  const { state, made } = remote()
  let told = 0
  made.subscribe(() => {
    told += 1
  })
  await settle()
  const before = made.getSnapshot()
  await made.refresh()
  expect(made.getSnapshot()).toBe(before)
  state.all = [{ id: 'b', role: 'editor' }, ...state.all]
  await made.refresh()
  expect(made.getSnapshot()[1]).toBe(before[0])
  expect(told).toBe(2)
})

it('[SDKA-13] without a network the last known stays; it is read again when asked, and by itself while somebody looks', async () => {
  const { environment, state, made } = remote()
  const stop = made.subscribe(() => undefined)
  await settle()
  state.isDown = true
  made.expire()
  await settle()
  expect(made.getSnapshot()).toHaveLength(1)
  await expect(made.refresh()).rejects.toMatchObject({ code: 'network' })
  state.isDown = false
  state.all = []
  await environment.advance(40_000)
  expect(made.getSnapshot()).toEqual([])
  stop()
  expect(environment.nextTimerMs).toBeNull()
})

it('[SDKA-11] who may not read it does not ask', async () => {
  let may = false
  const { state, made } = remote({ mayLoad: () => may })
  made.subscribe(() => undefined)
  await settle()
  expect(state.loads).toBe(0)
  may = true
  made.expire()
  await settle()
  expect(state.loads).toBe(1)
})

it('[SDKA-11] a refresh after a change is one that was asked for after it', async () => {
  const { state, made } = remote()
  made.subscribe(() => undefined)
  state.all = []
  const refreshed = made.refresh()
  await refreshed
  expect(state.loads).toBe(2)
})

it('[SDKA-11] what was known is forgotten when access ends, and comes back with it', async () => {
  const { made } = remote()
  made.subscribe(() => undefined)
  await settle()
  made.forget()
  expect(made.getSnapshot()).toEqual([])
  made.expire()
  await settle()
  expect(made.getSnapshot()).toHaveLength(1)
})
