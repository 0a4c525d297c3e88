import { describe, expect, it } from 'vitest'
import { SignInGuard } from '../../../server/src/accounts/sign-in-guard.ts'

const wrong = async () => false
const right = async () => true
const ann = 'ann@example.org'

async function times(count: number, work: () => Promise<void>): Promise<string[]> {
  const outcomes: string[] = []
  for (let n = 0; n < count; n++)
    outcomes.push(
      await work().then(
        () => 'tried',
        (error: { code: string }) => error.code,
      ),
    )
  return outcomes
}

describe('trying passwords', () => {
  it('[IDENT-8] one account from one address: ten times, and then the right one is refused, too', async () => {
    const guard = new SignInGuard()
    const here = { place: '192.0.2.1', account: ann }
    const outcomes = await times(12, () => guard.signIn(here, wrong))
    expect(outcomes).toEqual([...Array(10).fill('tried'), 'too-many-requests', 'too-many-requests'])
    await expect(guard.signIn(here, right)).rejects.toMatchObject({
      code: 'too-many-requests',
      retryAfterSeconds: expect.any(Number),
    })
    // Another spelling is the same account.
    await expect(guard.signIn({ ...here, account: ' ANN@example.org ' }, right)).rejects.toThrow()
  })

  it('[IDENT-8] 200 people behind one address sign in at once, mistyping now and then, and none is kept out', async () => {
    const guard = new SignInGuard()
    const people = Array.from({ length: 200 }, (_, n) => `person-${n}@example.org`)
    const tries = people.flatMap((account) => [
      guard.signIn({ place: '192.0.2.1', account }, wrong),
      guard.signIn({ place: '192.0.2.1', account }, right),
    ])
    await expect(Promise.all(tries)).resolves.toHaveLength(400)
  })

  it('[IDENT-8] tries that come at once are counted like tries one after the other', async () => {
    const guard = new SignInGuard()
    let looked = 0
    const slow = async (): Promise<boolean> => {
      looked += 1
      await new Promise((resolve) => setImmediate(resolve))
      return false
    }
    const all = Array.from({ length: 100 }, () => guard.signIn({ place: '192.0.2.1', account: ann }, slow))
    await Promise.allSettled(all)
    expect(looked).toBe(10)
  })

  it('[IDENT-8] whoever tries from everywhere does not keep the owner out where they signed in before', async () => {
    const guard = new SignInGuard()
    const home = { place: '198.51.100.7', account: ann }
    await guard.signIn(home, right)
    const elsewhere = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        times(10, () => guard.signIn({ place: `192.0.2.${n}`, account: ann }, wrong)),
      ),
    )
    expect(elsewhere.flat().filter((outcome) => outcome === 'tried')).toHaveLength(100)
    await guard.signIn(home, right)
    await expect(guard.signIn({ place: '203.0.113.1', account: ann }, right)).rejects.toThrow()
  })

  it('[IDENT-8] many accounts from one address: five hundred wrong ones', async () => {
    const guard = new SignInGuard()
    let n = 0
    const outcomes = await times(510, () => {
      n += 1
      return guard.signIn({ place: '192.0.2.1', account: `x${n}@example.org` }, wrong)
    })
    expect(outcomes.filter((outcome) => outcome === 'tried')).toHaveLength(500)
  })
})
