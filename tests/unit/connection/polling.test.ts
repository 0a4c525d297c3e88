import { describe, expect, it } from 'vitest'
import { blocked } from './blocked.ts'
import { problem } from './fake-http.ts'

const LIST = '11111111-1111-4111-8111-111111111111'
const OTHER = '22222222-2222-4222-8222-222222222222'

describe('where WebSockets are blocked', () => {
  it('[POLL-1][X-11] three refused sockets while HTTP answers, and the list is live by polling', async () => {
    const { http, sockets, open, goLive, link, asked } = blocked()
    http.doc(LIST).getMap('items').set('theirs', 1)
    const host = open(LIST)
    await goLive()
    expect(sockets).toHaveLength(3)
    expect(link.state.state).toBe('open')
    expect(host.keys()).toEqual(['theirs'])
    expect(host.completed).toBe(1)
    expect(host.messages[0]).toMatchObject({ type: 'welcome', role: 'editor', authorId: 'u_1' })
    expect(http.exchanges[0]?.token).toBe(`start-${asked.length}`)
  })

  it('[POLL-1] a server that is down both ways is not polled, and sockets are tried on', async () => {
    const { http, sockets, open, pass, link } = blocked()
    http.isDown = true
    open(LIST)
    await pass(60_000)
    expect(sockets.length).toBeGreaterThan(4)
    expect(http.exchanges).toEqual([])
    expect(link.state.state).not.toBe('open')
  })

  it('[POLL-1] a proxy that takes the upgrade and passes nothing on counts as blocked', async () => {
    const it = blocked()
    it.network = (socket) => queueMicrotask(() => socket.accept())
    const host = it.open(LIST)
    await it.pass(5 * 60_000)
    expect(host.state).toBe('live')
  })

  it('[POLL-2][L-10] what others do is here within 12.5 s, and an edit is there at once', async () => {
    const { http, open, goLive, pass } = blocked()
    const host = open(LIST)
    await goLive()
    http.doc(LIST).getMap('items').set('theirs', 1)
    await pass(12_600)
    expect(host.keys()).toEqual(['theirs'])
    host.write('mine')
    await pass(400)
    expect(http.keys(LIST)).toEqual(['mine', 'theirs'])
    expect(host.ackedUpTo).toBe(host.written)
  })

  it('[POLL-2] polling is spread: waits lie between 7.5 and 12.5 s and differ', async () => {
    let chance = 0
    const { http, open, goLive, pass, environment } = blocked({
      random: () => {
        chance = (chance + 0.37) % 1
        return chance
      },
    })
    open(LIST)
    await goLive()
    const times: number[] = []
    let seen = http.exchanges.length
    for (let i = 0; i < 1_000; i++) {
      await pass(100)
      if (http.exchanges.length > seen) times.push(environment.nowMs)
      seen = http.exchanges.length
    }
    const waits = times.slice(1).map((at, i) => at - (times[i] ?? 0))
    expect(Math.max(...waits)).toBeLessThanOrEqual(12_700)
    expect(new Set(waits).size).toBeGreaterThan(3)
    // Keepalives are looks too: not more than one request in five seconds, on average, for a list nobody touches.
    expect(http.exchanges.length).toBeLessThan(24)
  })

  it('[POLL-9][X-11] a look at a list in which nothing happens asks for nothing, and one in which something did is whole', async () => {
    const { http, open, goLive, pass } = blocked()
    const items = http.doc(LIST).getMap('items')
    items.set('first', 1)
    const host = open(LIST)
    await goLive()
    // Its own edit is news once more.
    host.write('mine')
    await pass(30_000)
    const from = http.exchanges.length
    await pass(60_000)
    const quiet = http.exchanges.slice(from)
    expect(quiet.length).toBeGreaterThan(3)
    expect(quiet.every(({ isIdle }) => isIdle)).toBe(true)
    items.set('second', 1)
    items.delete('first')
    await pass(12_600)
    expect(host.keys()).toEqual(['mine', 'second'])
    http.role = 'viewer'
    await pass(12_600)
    expect(host.messages.at(-1)).toMatchObject({ type: 'welcome', role: 'viewer' })
  })

  it('[POLL-9] after a handshake of its own the list is asked for whole, whatever was known before', async () => {
    const { http, open, goLive, pass } = blocked()
    http.doc(LIST).getMap('items').set('theirs', 1)
    const host = open(LIST)
    await goLive()
    await pass(30_000)
    const { completed } = host
    const from = http.exchanges.length
    host.channel?.rejoin()
    await pass(12_600)
    expect(host.completed).toBe(completed + 1)
    expect(http.exchanges[from]?.isIdle).toBe(false)
  })

  it('[POLL-3] nothing is called saved before the answer that it is in the log', async () => {
    const { http, open, goLive, pass } = blocked()
    const host = open(LIST)
    await goLive()
    let release = (): void => {}
    http.gate = new Promise((resolve) => {
      release = resolve
    })
    host.write('a')
    await pass(5_000)
    expect(host.ackedUpTo).toBe(0)
    http.gate = null
    release()
    await pass(500)
    expect(host.ackedUpTo).toBe(1)
    expect(http.keys(LIST)).toEqual(['a'])
  })

  it('[POLL-3] an answer that is lost is asked for again, and the edit is there once', async () => {
    const { http, open, goLive, pass, link } = blocked()
    const host = open(LIST)
    await goLive()
    http.losesNextAnswer = true
    host.write('a')
    await pass(500)
    expect(host.ackedUpTo).toBe(1)
    expect(link.state.state).toBe('open')
    expect(http.keys(LIST)).toEqual(['a'])
  })

  it('[POLL-3] when nobody answers any more the link is lost, and what was written is saved after the outage', async () => {
    const { http, open, goLive, pass, link } = blocked()
    const host = open(LIST)
    await goLive()
    http.isDown = true
    host.write('a')
    await pass(2_000)
    expect(link.state.state).not.toBe('open')
    expect(host.ackedUpTo).toBe(0)
    http.isDown = false
    await pass(60_000)
    expect(host.ackedUpTo).toBe(1)
    expect(http.keys(LIST)).toEqual(['a'])
  })

  it('[POLL-3] of three edits sent together the refused one is refused alone', async () => {
    const { http, open, goLive, pass } = blocked()
    const host = open(LIST)
    await goLive()
    http.judge = (update) => (new TextDecoder().decode(update).includes('bad-key') ? 'read-only' : null)
    host.write('good-1')
    host.write('bad-key')
    await pass(2_000)
    expect(host.refusals).toEqual([[1, 2]])
    expect(host.acks.at(-1)).toBe(1)
    expect(host.messages.at(-1)).toMatchObject({ type: 'refused', refusal: { code: 'read-only' } })
    expect(http.keys(LIST)).toEqual(['good-1'])
  })
})

it('[POLL-3] a refusal in words that only a newer server knows is never taken for saved', async () => {
  const { http, open, goLive, pass } = blocked()
  const host = open(LIST)
  await goLive()
  http.judge = () => 'too-new' as never
  host.write('a')
  await pass(2_000)
  expect(host.refusals).toEqual([[0, 1]])
  expect(host.ackedUpTo).toBe(0)
})

describe('polling and access', () => {
  it('[POLL-4] a change of role is told once, without an end of the connection', async () => {
    const { http, open, goLive, pass } = blocked()
    const host = open(LIST)
    await goLive()
    http.role = 'viewer'
    await pass(30_000)
    const roles = host.messages.flatMap((message) => (message.type === 'welcome' ? [message.role] : []))
    expect(roles).toEqual(['editor', 'viewer'])
    expect(host.channel?.state).toEqual({ state: 'live', readOnly: true })
  })

  it.each([
    [
      '4410',
      problem(403, { code: 'access-ended', detail: 'Alice removed you from this list.', why: 'removed' }),
    ],
    ['4411', problem(403, { code: 'access-ended', detail: 'Alice deleted this list.', why: 'list-deleted' })],
    ['4403', problem(404, { code: 'no-such-list', title: 'No such list, or no access.' })],
  ])(
    '[POLL-4][P-09] an access that ends is denied with %s and the reason, other lists go on',
    async (code, answer) => {
      const { http, open, goLive, pass, link } = blocked()
      const host = open(LIST)
      const other = open(OTHER)
      await goLive()
      host.write('unsaved')
      http.fault = (listId) => (listId === LIST ? answer.clone() : null)
      await pass(12_600)
      expect(host.channel?.state).toMatchObject({ state: 'denied', code: Number(code) })
      expect(host.ackedUpTo).toBe(0)
      const asked = http.exchanges.filter((one) => one.listId === LIST).length
      other.write('x')
      await pass(60_000)
      expect(other.ackedUpTo).toBe(1)
      expect(link.state.state).toBe('open')
      expect(http.exchanges.filter((one) => one.listId === LIST)).toHaveLength(asked)
    },
  )

  it('[POLL-4][P-22] a token that is refused is renewed and the list goes on with the new one', async () => {
    const { http, open, goLive, pass, asked } = blocked()
    const host = open(LIST)
    await goLive()
    const old = http.exchanges.at(-1)?.token
    http.fault = () =>
      http.exchanges.at(-1)?.token === old ? problem(401, { code: 'unauthenticated' }) : null
    host.write('a')
    await pass(5_000)
    expect(asked.at(-1)).toBe('expired')
    expect(host.ackedUpTo).toBe(1)
    expect(http.keys(LIST)).toEqual(['a'])
  })

  it('[POLL-4] too many requests and a database that is away are waited out', async () => {
    const { http, open, goLive, pass } = blocked()
    const host = open(LIST)
    await goLive()
    const before = http.exchanges.length
    http.fault = () => problem(429, { code: 'too-many-requests' }, { 'retry-after': '20' })
    host.write('a')
    await pass(19_000)
    // Asked once, and after the lost second try of nobody.
    expect(http.exchanges.length - before).toBe(1)
    http.fault = () => null
    await pass(10_000)
    expect(host.ackedUpTo).toBe(1)
  })
})

describe('the way back', () => {
  it('[POLL-5] a socket is tried in the background, and used once the server answers on it; nothing is lost on the way', async () => {
    const it = blocked()
    const host = it.open(LIST)
    await it.goLive()
    const before = it.sockets.length
    await it.pass(40_000)
    expect(it.sockets.length).toBe(before + 1)
    expect(host.state).toBe('live')
    it.network = (socket) => queueMicrotask(() => socket.accept())
    host.write('a')
    for (let i = 0; i < 1_200 && it.sockets.at(-1)?.sent.length !== 1; i++) await it.pass(100)
    const trial = it.sockets.at(-1)
    expect(trial?.sent.map((one) => one.frame.type)).toEqual(['token'])
    trial?.say(LIST, { type: 'authenticated', readOnly: false })
    await it.pass(1_500)
    expect(trial?.closedWith).not.toBeNull()
    const socket = it.sockets.at(-1)
    expect(socket).not.toBe(trial)
    socket?.welcome(LIST)
    await it.pass(100)
    expect(host.state).toBe('live')
    const asked = it.http.exchanges.length
    await it.pass(15_000)
    expect(it.http.exchanges).toHaveLength(asked)
  })

  it('[POLL-5] when the network changes the socket is tried at once', async () => {
    const it = blocked()
    it.open(LIST)
    await it.goLive()
    const before = it.sockets.length
    it.fallback.wake()
    expect(it.sockets).toHaveLength(before + 1)
  })

  it('[POLL-5] a closed link leaves no timer and no request behind', async () => {
    const { environment, fallback, http, link, open, goLive, pass } = blocked()
    open(LIST)
    await goLive()
    link.close()
    fallback.close()
    const asked = http.exchanges.length
    await pass(60_000)
    expect(http.exchanges).toHaveLength(asked)
    expect(environment.nextTimerMs).toBeNull()
  })
})
