import { describe, it } from 'vitest'
import { deviceStoreContract } from '../../contract/device-store-contract.ts'
import type {} from './page/contract.ts'
import { useStage } from './stage.ts'

const stage = useStage('contract.ts')

describe('device store: IndexedDB in Chromium', () => {
  for (const one of deviceStoreContract) {
    it(one.title, async () => {
      const page = await stage.context.newPage()
      await page.goto(stage.newOrigin())
      await page.evaluate((title) => window.runCase(title), one.title)
    })
  }
})
