import { describe, expect, it } from 'vitest'
import { TokenSource } from '../../../client-sdk/src/client/token-source.ts'
import { endOf, renewalAt } from '../../../client-sdk/src/connection/token-life.ts'
import { settle } from './fake-environment.ts'
import { fakeLink } from './fake-link.ts'

const NOW = 1_000_000
const LIFE_S = 900

/** What a server would sign; nobody here checks the signature. */
function tokenOf(claims: object): string {
  return `e30.${btoa(JSON.stringify({ sub: 'u_1', ...claims }))}.x`
}

function fresh(issuedAtMs: number, lifeS = LIFE_S): string {
  return tokenOf({ iat: issuedAtMs / 1_000, exp: issuedAtMs / 1_000 + lifeS })
}

describe('how long a token lasts', () => {
  it('[LINK-12] the end is read from the token, and is nobody knows when without `exp`', () => {
    expect(endOf(fresh(NOW), NOW, 'start')).toBe(NOW + 900_000)
    expect(endOf(tokenOf({}), NOW, 'start')).toBeNull()
    expect(endOf('opaque', NOW, 'start')).toBeNull()
  })

  it('[LINK-12] a device whose clock is an hour behind does not believe that a token lives longer than it was made for', () => {
    expect(endOf(fresh(NOW), NOW - 3_600_000, 'start')).toBe(NOW - 3_600_000 + 900_000)
  })

  it('[LINK-12] a device whose clock is a day ahead does not ask for a new token without end', () => {
    const device = NOW + 86_400_000
    expect(endOf(fresh(NOW), device, 'start')).toBeLessThanOrEqual(device)
    expect(endOf(fresh(NOW), device, 'expired')).toBe(device + 900_000)
    expect(endOf(tokenOf({ exp: NOW / 1_000 }), device, 'expired')).toBe(device + 300_000)
  })

  it('[LINK-12] the next one is asked for one to two minutes before the end, and in good time of a short life', () => {
    expect(renewalAt(NOW + 900_000, NOW, 0)).toBe(NOW + 840_000)
    expect(renewalAt(NOW + 900_000, NOW, 1)).toBe(NOW + 780_000)
    expect(renewalAt(NOW + 4_000, NOW, 0.5)).toBe(NOW + 3_400)
    expect(renewalAt(NOW - 5, NOW, 0.5)).toBeLessThanOrEqual(NOW)
  })
})

describe('a token is renewed before it ends', () => {
  const renewing = (next: (asked: number) => string | null | Promise<string | null>) => {
    const asked: string[] = []
    const made = fakeLink({
      getToken: (why) => {
        asked.push(why)
        return asked.length === 1 ? fresh(NOW) : next(asked.length)
      },
    })
    const tokensOn = (address: string) =>
      made.environment.socket.sent
        .filter((one) => one.address === address && one.frame.type === 'token')
        .map((one) => one.frame)
    return { ...made, asked, tokensOn }
  }

  it('[LINK-12] once for all lists; each shows it on the open socket and stays live', async () => {
    const next = fresh(NOW + 800_000)
    const { environment, open, goLive, asked, tokensOn } = renewing(() => next)
    const hosts = ['a', 'b', 'c'].map(open)
    await goLive()
    await settle()
    await environment.advance(0)
    const answer = environment.socket
    const alive = setLive(answer, ['a', 'b', 'c'])
    for (let t = 0; t < 830_000; t += 10_000) {
      await environment.advance(10_000)
      alive()
    }
    expect(asked).toEqual(['start', 'expired'])
    for (const id of ['a', 'b', 'c']) expect(tokensOn(id).at(-1)).toMatchObject({ token: next })
    expect(tokensOn('a')).toHaveLength(2)
    expect(hosts.map((host) => host.states.length)).toEqual([2, 2, 2])
    expect(environment.sockets).toHaveLength(1)
  })

  it('[LINK-12] a getToken that fails is asked again, and not after the end', async () => {
    const { environment, open, goLive, asked } = renewing(() => Promise.reject(new Error('offline')))
    open('a')
    await goLive()
    const alive = setLive(environment.socket, ['a'])
    for (let t = 0; t < 1_200_000; t += 10_000) {
      await environment.advance(10_000)
      alive()
    }
    expect(asked.length).toBeGreaterThan(3)
    expect(asked.length).toBeLessThan(12)
    expect(environment.sockets).toHaveLength(1)
  })

  it('[LINK-12] after a sleep past the end, waking asks for a token before it probes the connection', async () => {
    const { environment, link, open, goLive, asked } = renewing(() => fresh(NOW + 7_200_000))
    open('a')
    await goLive()
    // Timers stood still with the machine.
    environment.nowMs += 7_200_000
    link.resume()
    expect(asked).toEqual(['start', 'expired'])
    await settle()
    const [token, probe] = environment.socket.sent.slice(-2)
    expect([token?.frame.type, probe?.frame.type].sort()).toEqual(['step-2', 'token'])
  })

  it('[LINK-12] a list that was joining meanwhile shows the new token as soon as it is open', async () => {
    const next = fresh(NOW + 800_000)
    const { environment, link, open, tokensOn } = renewing(() => next)
    open('a')
    await settle()
    environment.socket.accept()
    environment.nowMs += 890_000
    link.resume()
    await settle()
    expect(tokensOn('a')).toHaveLength(1)
    environment.socket.say('a', { type: 'authenticated', readOnly: false })
    expect(tokensOn('a').at(-1)).toMatchObject({ token: next })
  })
})

it('[LINK-12] a request is not sent with a token that is over', async () => {
  const asked: string[] = []
  let now = NOW
  const source = new TokenSource({
    getToken: async (why) => {
      asked.push(why)
      return fresh(now)
    },
    seen: () => true,
    now: () => now,
  })
  await source.get('start')
  await source.get('start')
  expect(asked).toEqual(['start'])
  now += 901_000
  expect(await source.get('start')).toBe(fresh(now))
  expect(asked).toEqual(['start', 'expired'])
})

/** Answers keepalives, so that the connection is not taken for dead. */
function setLive(
  socket: ReturnType<typeof fakeLink>['environment']['socket'],
  ids: readonly string[],
): () => void {
  let seen = 0
  return () => {
    for (const { address, frame } of socket.sent.slice(seen)) {
      if (ids.includes(address) && frame.type === 'step-2')
        socket.say(address, { type: 'sync-status', saved: true })
    }
    seen = socket.sent.length
  }
}
