import { beforeAll, describe, expect, it } from 'vitest'
import { TandemError } from '../../../server/src/errors.ts'
import { LinkGuard } from '../../../server/src/sharing/link-guard.ts'
import { hashPassword, isPassword } from '../../../server/src/sharing/link-password.ts'
import { Turns } from '../../../server/src/throttle/turns.ts'

const RIGHT = 'correct horse battery'
let stored: string
beforeAll(async () => {
  stored = await hashPassword(RIGHT)
})

const codeOf = (error: unknown) => (error instanceof TandemError ? error.code : String(error))
const outcomeOf = (work: Promise<void>) => work.then(() => 'opened', codeOf)

describe('passwords of links', () => {
  it('[SHARE-12] are stored salted, and recognized however the keyboard composes its letters', async () => {
    expect(await hashPassword(RIGHT)).not.toBe(stored)
    expect(await isPassword(RIGHT, stored)).toBe(true)
    expect(await isPassword(`${RIGHT} `, stored)).toBe(false)
    const composed = await hashPassword('caf\u00e9 au lait')
    expect(await isPassword('cafe\u0301 au lait', composed)).toBe(true)
    for (const broken of ['', 'scrypt', 'plain$1$1$1$c2FsdA$a2V5', 'scrypt$16384$8$1$c2FsdA$c2hvcnQ']) {
      expect(await isPassword(RIGHT, broken), broken).toBe(false)
    }
  })

  it('[GUARD-6][X-18] the right password behind a burst of wrong ones is refused like them', async () => {
    const guard = new LinkGuard()
    const visit = { place: '203.0.113.7', linkId: 'a link' }
    const wrong = Array.from({ length: 40 }, (_, i) => outcomeOf(guard.open(visit, `guess ${i}`, stored)))
    const right = outcomeOf(guard.open(visit, RIGHT, stored))
    expect(await right).toBe('too-many-requests')
    const outcomes = await Promise.all(wrong)
    // Two are checked at a time: the last of them may both still have begun in time.
    expect(outcomes.filter((outcome) => outcome === 'wrong-password').length).toBeLessThanOrEqual(21)
    expect(await outcomeOf(guard.open({ ...visit, place: '203.0.113.8' }, RIGHT, stored))).toBe('opened')
  })

  it('[GUARD-6][X-18] whoever knows the password makes room for the mistakes of those beside them, and for no more', async () => {
    const guard = new LinkGuard()
    const visit = { place: '203.0.113.7', linkId: 'a link' }
    for (let round = 0; round < 6; round++) {
      for (let i = 0; i < 5; i++)
        expect(await outcomeOf(guard.open(visit, `typo ${i}`, stored))).toBe('wrong-password')
      expect(await outcomeOf(guard.open(visit, RIGHT, stored))).toBe('opened')
    }
    for (let i = 0; i < 20; i++) await outcomeOf(guard.open(visit, `guess ${i}`, stored))
    expect(await outcomeOf(guard.open(visit, RIGHT, stored))).toBe('too-many-requests')
  })
})

describe('turns', () => {
  it('[GUARD-6] so many at once, the others in order, and beyond a crowd nobody waits', async () => {
    const turns = new Turns({ atOnce: 2, mostWaiting: 3 })
    const order: number[] = []
    const release: (() => void)[] = []
    const work = (n: number) => () =>
      new Promise<void>((resolve) => {
        order.push(n)
        release.push(resolve)
      })
    const taken = [1, 2, 3, 4, 5].map((n) => turns.take(work(n)))
    await expect(turns.take(work(6))).rejects.toMatchObject({
      code: 'too-many-requests',
      retryAfterSeconds: 5,
    })
    expect(order).toEqual([1, 2])
    for (let i = 0; i < 5; i++) {
      release[i]?.()
      await taken[i]
    }
    expect(order).toEqual([1, 2, 3, 4, 5])
    // What fails gives its turn on as well.
    await expect(turns.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await turns.take(async () => undefined)
  })
})
