import { IDBFactory } from 'fake-indexeddb'
import { describe, it } from 'vitest'
import { createIndexedDbStorage } from '../../client-sdk/src/local/indexeddb-storage.ts'
import { createMemoryStorage } from '../../client-sdk/src/local/memory-storage.ts'
import { deviceStoreContract, type TestDevice } from './device-store-contract.ts'

const devices: Record<string, () => TestDevice> = {
  memory: () => {
    const adapter = createMemoryStorage()
    return { adapter: () => adapter }
  },
  'IndexedDB (in Node)': () => {
    const indexedDB = new IDBFactory()
    return {
      adapter: () =>
        createIndexedDbStorage({ serverUrl: 'https://lists.example', indexedDB, compactAfter: 20 }),
    }
  },
}

for (const [name, device] of Object.entries(devices)) {
  describe(`device store: ${name}`, () => {
    for (const one of deviceStoreContract) it(one.title, () => one.run(device()))
  })
}
