import type { Storage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ann,
  bob,
  dayMs,
  type HarnessFactory,
  makeKnown,
  newList,
  type StorageHarness,
} from './persistence/harness.ts'

/** What every adapter of the audit log promises. */
export function auditContract(adapter: string, create: HarnessFactory): void {
  describe(`audit: ${adapter}`, () => {
    let harness: StorageHarness
    let storage: Storage

    beforeEach(async () => {
      harness = await create()
      storage = await harness.open()
      await makeKnown(storage)
    })
    afterEach(() => harness.close())

    it('[AUDIT-1][Z-17] what is recorded is read back newest first, page by page, list by list', async () => {
      const list = await newList(storage, ann)
      const other = await newList(storage, ann)
      for (let n = 1; n <= 5; n++) {
        const listId = n % 2 === 1 ? list : other
        await storage.audit.record({
          actorId: bob,
          action: 'list.opened',
          listId,
          subjectId: null,
          detail: { n },
        })
      }
      const numbers = (entries: readonly { detail: Readonly<Record<string, unknown>> }[]) =>
        entries.map(({ detail }) => detail['n'])
      const first = await storage.audit.read({ listId: list, limit: 2 })
      expect(numbers(first)).toEqual([5, 3])
      expect(first[0]).toMatchObject({ actorId: bob, action: 'list.opened', listId: list, subjectId: null })
      expect(first[0]?.at).toBeInstanceOf(Date)
      const rest = await storage.audit.read({ listId: list, before: first[1]?.id ?? 0, limit: 10 })
      expect(numbers(rest)).toEqual([1, undefined])
      expect(numbers(await storage.audit.read({ limit: 3 }))).toEqual([5, 4, 3])
    })

    it('[AUDIT-1] several are recorded at once, in their order, or none of them', async () => {
      const list = await newList(storage, ann)
      const entry = (n: number) => ({
        actorId: n === 2 ? null : bob,
        action: 'list.opened',
        listId: n === 3 ? null : list,
        subjectId: n === 1 ? ann : null,
        detail: { n, text: `"{NULL}", \\ '` },
      })
      const entries = [1, 2, 3, 4].map(entry)
      await storage.audit.record(...entries)
      const found = await storage.audit.read({ limit: 4 })
      expect(found.map(({ id: _, at, ...rest }) => rest)).toEqual(entries.toReversed())
    })

    it('[AUDIT-1] any words a person can type are recorded', async () => {
      const list = await newList(storage, ann)
      const detail = { title: `'; DROP TABLE audit_log; -- \u0000 \ud800 “` }
      await storage.audit.record({
        actorId: null,
        action: 'list.exported',
        listId: list,
        subjectId: null,
        detail,
      })
      const [entry] = await storage.audit.read({ listId: list, limit: 1 })
      expect(entry?.detail['title']).toContain('DROP TABLE')
    })

    it('[AUDIT-3][Z-18] entries outlive the list they are about', async () => {
      const list = await newList(storage, ann)
      await storage.directory.deleteList(list, ann)
      await storage.directory.purgeLists(new Date(Date.now() + dayMs))
      expect(await storage.log.heads([list])).toEqual(new Map())
      const entries = await storage.audit.read({ listId: list, limit: 10 })
      expect(entries.map(({ action }) => action)).toEqual(['list.deleted', 'list.created'])
    })
  })
}
