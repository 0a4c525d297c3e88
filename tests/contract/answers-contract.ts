import { randomUUID } from 'node:crypto'
import type { Storage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ann, bob, type HarnessFactory, type StorageHarness } from './persistence/harness.ts'

/** What every adapter of the stored answers promises. */
export function answersContract(adapter: string, create: HarnessFactory): void {
  describe(`answers: ${adapter}`, () => {
    let harness: StorageHarness
    let storage: Storage
    let other: Storage

    beforeEach(async () => {
      harness = await create()
      storage = await harness.open()
      other = await harness.open()
    })
    afterEach(() => harness.close())

    const request = () => ({ userId: ann, opId: randomUUID(), fingerprint: 'POST /lists {}' })

    it('[ONCE-1][C-02] of twenty that begin at once through two nodes one goes on', async () => {
      const asked = request()
      const nodes = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? storage : other))
      const outcomes = await Promise.all(nodes.map((node) => node.answers.begin(asked)))
      expect(outcomes.filter(({ outcome }) => outcome === 'begun')).toHaveLength(1)
      expect(outcomes.filter(({ outcome }) => outcome === 'busy')).toHaveLength(19)
    })

    it('[ONCE-1][C-02] a repeat gets the first answer as it was, for as long as it is kept', async () => {
      const asked = request()
      await storage.answers.begin(asked)
      const body = { z: 1, a: ['“', '\u0000', '\ud800', { deep: null }], text: 'x'.repeat(10_000) }
      await storage.answers.finish(asked, { status: 201, body })
      await storage.answers.finish(asked, { status: 500, body: 'later' })
      await storage.answers.release(asked)
      const repeated = await other.answers.begin(asked)
      expect(repeated).toEqual({ outcome: 'answered', answer: { status: 201, body } })
      // The order of keys too: the answer must be the same to the letter.
      expect(repeated.outcome === 'answered' && JSON.stringify(repeated.answer.body)).toBe(
        JSON.stringify(body),
      )
      const empty = request()
      await storage.answers.begin(empty)
      await storage.answers.finish(empty, { status: 204, body: undefined })
      expect(await storage.answers.begin(empty)).toEqual({
        outcome: 'answered',
        answer: { status: 204, body: null },
      })
    })

    it('[ONCE-1] an id that was used for another request is told apart, before and after the answer', async () => {
      const asked = request()
      await storage.answers.begin(asked)
      const different = { ...asked, fingerprint: 'DELETE /lists' }
      expect(await storage.answers.begin(different)).toEqual({ outcome: 'different' })
      await storage.answers.finish(asked, { status: 200, body: 1 })
      expect(await storage.answers.begin(different)).toEqual({ outcome: 'different' })
      expect((await storage.answers.begin({ ...asked, userId: bob })).outcome).toBe('begun')
    })

    it('[ONCE-2] what was released, or claimed by a process that ended, can be begun again, by one', async () => {
      const asked = request()
      await storage.answers.begin(asked)
      await storage.answers.release(asked)
      expect((await storage.answers.begin(asked)).outcome).toBe('begun')
      harness.passTime(20_000)
      expect((await storage.answers.begin(asked)).outcome).toBe('busy')
      harness.passTime(11_000)
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? storage : other).answers.begin(asked)),
      )
      expect(outcomes.filter(({ outcome }) => outcome === 'begun')).toHaveLength(1)
    })
  })
}
