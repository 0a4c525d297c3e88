import { SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { deriveKeys } from '../../../server/src/auth/keys.ts'
import { createTokens } from '../../../server/src/auth/tokens.ts'
import { newUserId } from '../../../server/src/auth/user-id.ts'
import { systemClock } from '../../../server/src/clock.ts'

const SECRET = 'q3mN8vL0xR5tY2wZ7kP1sD4fG6hJ9bC0'
const NOW = Date.UTC(2026, 10, 1)
const clockAt = (now: number) => ({ ...systemClock, now: () => now })
const tokens = createTokens({ secret: SECRET, clock: clockAt(NOW) })
const key = new TextEncoder().encode(SECRET)
const seconds = NOW / 1000

const foreign = (claims: Record<string, unknown>, alg = 'HS256') =>
  new SignJWT(claims).setProtectedHeader({ alg }).sign(alg === 'HS256' ? key : new Uint8Array(64).fill(7))

describe('tokens', () => {
  it('[AUTH-1] an issued token is accepted with its user, name and expiry', async () => {
    const token = await tokens.issue({ id: 'u_1', name: 'Ana' }, 2)
    expect(await tokens.verify(token)).toEqual({
      ok: true,
      userId: 'u_1',
      name: 'Ana',
      expiresAt: NOW + 2 * 86_400_000,
      sessionId: null,
      issuedAt: NOW,
      scopes: null,
      kind: 'guest',
      email: null,
    })
  })

  it('[IDENT-5] an access token names its session and lasts a quarter of an hour', async () => {
    const subject = {
      userId: 'u_1',
      name: 'Ana',
      kind: 'account',
      email: 'a@b.example',
      sessionId: 's1',
    } as const
    const { token, expiresAt } = await tokens.issueAccess(subject)
    expect(expiresAt.getTime()).toBe(NOW + 15 * 60_000)
    expect(await tokens.verify(token)).toMatchObject({ ok: true, ...subject, expiresAt: NOW + 15 * 60_000 })
    const later = createTokens({ secret: SECRET, clock: clockAt(NOW + 16 * 60_000) })
    expect(await later.verify(token)).toMatchObject({ ok: false, fault: 'expired' })
  })

  it('[AUTH-1] a token of an embedding application needs only "sub"', async () => {
    const token = await foreign({ sub: 'auth0|5f7c8ec7' })
    expect(await tokens.verify(token)).toMatchObject({
      ok: true,
      userId: 'auth0|5f7c8ec7',
      name: 'auth0|5f7c8ec7',
      kind: 'external',
      issuedAt: null,
      email: null,
    })
  })

  it('[IDENT-1] what an application signs is never taken for a token of ours, whatever it claims', async () => {
    const claims = { sub: 'u_1', sid: 's1', kind: 'account', email: 'a@b.example' }
    const asOurs = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'tandem' }).sign(key)
    expect(await tokens.verify(asOurs)).toMatchObject({ ok: false, fault: 'wrong-signature' })
    expect(await tokens.verify(await foreign(claims))).toMatchObject({
      ok: true,
      kind: 'external',
      sessionId: null,
      email: null,
    })
    const { own, accounts } = deriveKeys(SECRET)
    for (const other of [own, new TextEncoder().encode(accounts)]) {
      const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(other)
      expect(await tokens.verify(token)).toMatchObject({ ok: false, fault: 'wrong-signature' })
    }
  })

  it('[IDENT-3] an address counts when it is verified, or when all of the issuer’s are trusted and it is not denied', async () => {
    const email = 'a@b.example'
    const trusting = createTokens({ secret: SECRET, clock: clockAt(NOW), trustsEmails: true })
    const cases: [Record<string, unknown>, string | null, string | null][] = [
      [{ email, email_verified: true }, email, email],
      [{ email, email_verified: 'true' }, email, email],
      [{ email }, null, email],
      [{ email, email_verified: false }, null, null],
      [{ email, email_verified: 'no' }, null, email],
      [{ email: 'not an address', email_verified: true }, null, null],
      [{ email: ['a@b.example'], email_verified: true }, null, null],
      [{ email: `${'x'.repeat(260)}@b.example`, email_verified: true }, null, null],
    ]
    for (const [claims, verified, trusted] of cases) {
      const token = await foreign({ sub: 'x', ...claims })
      expect([claims, await tokens.verify(token)]).toMatchObject([claims, { ok: true, email: verified }])
      expect([claims, await trusting.verify(token)]).toMatchObject([claims, { ok: true, email: trusted }])
    }
  })

  it('[IDENT-1] issuer and audience are asked of others’ tokens, never of ours', async () => {
    const strict = createTokens({ secret: SECRET, clock: clockAt(NOW), issuer: 'us', audience: 'tandem' })
    const faults = async (claims: Record<string, unknown>) => {
      const answer = await strict.verify(await foreign({ sub: 'x', ...claims }))
      return answer.ok ? 'accepted' : answer.fault
    }
    expect(await faults({ iss: 'us', aud: 'tandem' })).toBe('accepted')
    expect(await faults({ iss: 'them', aud: 'tandem' })).toBe('wrong-issuer')
    expect(await faults({ aud: 'tandem' })).toBe('wrong-issuer')
    expect(await faults({ iss: 'us', aud: 'mail' })).toBe('wrong-audience')
    expect(await faults({ iss: 'us' })).toBe('wrong-audience')
    expect(await strict.verify(await strict.issue({ id: 'u_1', name: 'Ana' }, 1))).toMatchObject({ ok: true })
  })

  it('[AUTH-1] every token that does not count is refused with its own reason', async () => {
    const cases: Record<string, string> = {
      '': 'missing',
      'not a token': 'malformed',
      'a.b.c': 'malformed',
      ['x'.repeat(9_000)]: 'malformed',
      [new UnsecuredJWT({ sub: 'u_1' }).encode()]: 'wrong-algorithm',
      [await foreign({ sub: 'u_1' }, 'HS512')]: 'wrong-algorithm',
      [await createTokens({ secret: `${SECRET}x`, clock: clockAt(NOW) }).issue(
        { id: 'u_1', name: 'Ana' },
        1,
      )]: 'wrong-signature',
      [await foreign({ sub: 'u_1', exp: seconds - 60 })]: 'expired',
      [await foreign({ sub: 'u_1', nbf: seconds + 60 })]: 'not-yet-valid',
      [await foreign({ name: 'nobody' })]: 'bad-claims',
      [await foreign({ sub: 'x'.repeat(201) })]: 'bad-claims',
      [await foreign({ sub: 'u_1', name: 7 })]: 'bad-claims',
      [await foreign({ sub: 'u_\u0000' })]: 'bad-claims',
    }
    const faults = await Promise.all(Object.keys(cases).map((token) => tokens.verify(token)))
    expect(faults.map((answer) => (answer.ok ? 'accepted' : answer.fault))).toEqual(Object.values(cases))
  })

  it('[AUTH-1] "alg: none" with a signature part is refused as well', async () => {
    const header = Buffer.from('{"alg":"none"}').toString('base64url')
    const body = Buffer.from('{"sub":"u_1"}').toString('base64url')
    expect(await tokens.verify(`${header}.${body}.AAAA`)).toMatchObject({
      ok: false,
      fault: 'wrong-algorithm',
    })
  })

  it('[AUTH-1] clocks may differ by half a minute', async () => {
    expect(await tokens.verify(await foreign({ sub: 'u_1', exp: seconds - 20 }))).toMatchObject({ ok: true })
  })

  it('[API-1] guests get ids of 12 random letters and digits', () => {
    const ids = Array.from({ length: 2_000 }, newUserId)
    expect(new Set(ids).size).toBe(2_000)
    for (const id of ids) expect(id).toMatch(/^u_[0-9A-Za-z]{12}$/)
    expect(new Set(ids.join('')).size).toBe(63)
  })
})
