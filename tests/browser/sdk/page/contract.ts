/** The device-store contract, ready to be run case by case against the browser's own IndexedDB. */
import { createIndexedDbStorage } from '@tandem/client-sdk'
import { deviceStoreContract } from '../../../contract/device-store-contract.ts'

declare global {
  interface Window {
    runCase(title: string): Promise<void>
  }
}

let devices = 0

window.runCase = async (title) => {
  const found = deviceStoreContract.find((one) => one.title === title)
  if (found === undefined) throw new Error(`There is no case "${title}"`)
  devices += 1
  // Another server is another database: each case gets a device of its own.
  const serverUrl = `https://lists-${devices}.example`
  await found.run({ adapter: () => createIndexedDbStorage({ serverUrl, compactAfter: 20 }) })
}
