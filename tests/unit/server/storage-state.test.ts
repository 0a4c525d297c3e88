import { createMemoryStorage } from '@tandem/persistence/memory'
import { describe, expect, it } from 'vitest'
import { createStorageState } from '../../../server/src/http/storage-state.ts'
import { silentLogger } from '../../../server/src/telemetry/logger.ts'
import { manualClock } from './manual-clock.ts'

describe('the count of damaged lists', () => {
  it('[API-4] is asked of the database every few seconds, however often health checks and scrapes come', async () => {
    const clock = manualClock()
    const memory = createMemoryStorage()
    let asked = 0
    const damagedLists = async (): Promise<number> => {
      asked += 1
      if (asked === 2) throw new Error('away')
      return asked
    }
    const storage = { ...memory, directory: { ...memory.directory, damagedLists } }
    const state = createStorageState(storage, { logger: silentLogger, clock })
    const both = await Promise.all([state.damagedLists(), state.damagedLists()])
    expect([both, state.lastDamagedLists(), asked]).toEqual([[1, 1], 1, 1])
    await clock.pass(4_000)
    expect([await state.damagedLists(), asked]).toEqual([1, 1])
    await clock.pass(2_000)
    await expect(state.damagedLists()).rejects.toThrow('away')
    // A failure is not remembered: the next one asks again.
    expect([await state.damagedLists(), asked]).toEqual([3, 3])
  })
})
