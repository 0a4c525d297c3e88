import { describe, expect, it } from 'vitest'
import { FakeEnvironment, settle } from './fake-environment.ts'
import { fakeLink } from './fake-link.ts'

describe('tokens', () => {
  it('[LINK-5] one token serves all lists of a connection, and each connection asks anew', async () => {
    const { environment, open, goLive, asked } = fakeLink()
    for (const id of ['a', 'b', 'c']) open(id)
    const socket = await goLive()
    expect(asked).toEqual(['start'])
    for (const id of ['a', 'b', 'c']) {
      const [first] = socket.sent.filter((one) => one.address === id)
      expect(first?.frame).toEqual({ type: 'token', token: 'start-1', version: 'tandem/1' })
    }
    socket.drop()
    await environment.advance(2_000)
    expect(asked).toEqual(['start', 'start'])
  })

  it('[LINK-5] when three lists are told that the token expired, it is renewed once', async () => {
    const { environment, link, open, goLive, asked } = fakeLink()
    const hosts = ['a', 'b', 'c'].map(open)
    const socket = await goLive()
    for (const id of ['a', 'b', 'c']) socket.say(id, { type: 'sync-status', saved: true })
    for (const id of ['a', 'b', 'c']) socket.say(id, { type: 'close', reason: '4401 The token has expired.' })
    await settle()
    expect(asked).toEqual(['start', 'expired'])
    for (const id of ['a', 'b', 'c']) {
      expect(socket.sent.filter((one) => one.address === id).at(-1)?.frame).toMatchObject({
        token: 'expired-2',
      })
      socket.welcome(id)
    }
    expect(hosts.map((host) => host.state)).toEqual(['live', 'live', 'live'])
    expect(link.state.state).toBe('open')
    expect(environment.sockets).toHaveLength(1)
  })

  it('[LINK-5] a fresh token that is refused stops the link; resume asks again', async () => {
    const { environment, link, open, goLive, asked } = fakeLink()
    const host = open('a')
    await settle()
    environment.socket.accept()
    environment.socket.say('a', { type: 'denied', reason: '4401 no' })
    await settle()
    environment.socket.say('a', { type: 'denied', reason: '4401 no' })
    expect(link.state).toEqual({ state: 'stopped', code: 4401, reason: 'no' })
    expect(host.channel?.state).toMatchObject({ state: 'denied', code: 4401 })
    await environment.advance(600_000)
    expect(asked).toEqual(['start', 'expired'])
    link.resume()
    await goLive()
    expect(host.state).toBe('live')
  })

  it('[LINK-5] no token is a state: stopped until resume', async () => {
    let token: string | null = null
    const { environment, link, open, goLive } = fakeLink({ getToken: () => token })
    const host = open('a')
    await settle()
    expect(link.state).toMatchObject({ state: 'stopped', code: 4401 })
    expect(environment.sockets).toHaveLength(0)
    token = 'there'
    link.resume()
    await goLive()
    expect(host.state).toBe('live')
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('offline')
      },
    ],
    ['rejects', () => Promise.reject(new Error('offline'))],
    ['never answers', () => new Promise<string>(() => undefined)],
  ])('[LINK-5] a getToken that %s is a state: waiting, and asked again', async (_how, getToken) => {
    let calls = 0
    const { environment, link, open, errors } = fakeLink({
      getToken: () => {
        calls += 1
        return getToken()
      },
    })
    open('a')
    await environment.advance(30_000)
    expect(link.state.state).toBe('waiting')
    await environment.advance(120_000)
    expect(calls).toBeGreaterThan(2)
    expect(errors).toEqual([])
  })

  it('[LINK-5][ACCESS-4] a server that asks for a token on a live list gets a new one, and the list stays live', async () => {
    const { open, goLive, asked } = fakeLink()
    const host = open('a')
    const socket = await goLive()
    socket.say('a', { type: 'token-request' })
    await settle()
    expect(asked).toEqual(['start', 'expired'])
    expect(socket.sent.at(-1)?.frame).toMatchObject({ type: 'token', token: 'expired-2' })
    expect(host.state).toBe('live')
  })

  it('[LINK-5] an answer to a request that was given up is not used', async () => {
    const answers: ((token: string) => void)[] = []
    const environment = new FakeEnvironment()
    const { link, open } = fakeLink({
      environment,
      getToken: () => new Promise((resolve) => answers.push(resolve)),
    })
    const host = open('a')
    host.channel?.close()
    await environment.advance(5_000)
    expect(link.state.state).toBe('idle')
    open('b')
    answers[0]?.('old')
    await settle()
    expect(environment.sockets).toHaveLength(0)
    answers[1]?.('new')
    await settle()
    expect(environment.sockets).toHaveLength(1)
  })
})
