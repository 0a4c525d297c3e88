import { SignJWT } from 'jose'
import { TEST_JWT_SECRET } from '../../support/server.ts'

/** A token of this person that lasts so many seconds, as an embedding app would make it. */
export function shortToken(person: { userId: string; name: string }, seconds: number): Promise<string> {
  const now = Math.floor(Date.now() / 1_000)
  return new SignJWT({ name: person.name })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(person.userId)
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(new TextEncoder().encode(TEST_JWT_SECRET))
}
