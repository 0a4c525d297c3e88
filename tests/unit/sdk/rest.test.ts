import { expect, it } from 'vitest'
import { IDLE_MS, Rest } from '../../../client-sdk/src/client/rest.ts'
import { manualEnvironment } from './manual-environment.ts'
import { testPage } from './test-page.ts'

function stage(o: { isHidden?: boolean } = {}) {
  const environment = manualEnvironment()
  const page = testPage(o.isHidden)
  const said: string[] = []
  const waits = { any: false }
  const rest = new Rest({
    environment,
    page,
    mustSend: () => waits.any,
    rest: () => said.push('rest'),
    wake: () => said.push('wake'),
  })
  return { environment, page, said, waits, rest }
}

it('[LINK-13][C-17][X-12] a page that nobody has seen for five minutes rests, and is back when it is looked at; one that is seen never rests', () => {
  const { environment, page, said, rest } = stage()
  environment.advance(100 * IDLE_MS)
  expect(said).toEqual([])
  page.hide()
  environment.advance(IDLE_MS - 1)
  page.look()
  page.hide()
  environment.advance(IDLE_MS - 1)
  expect(said).toEqual(['wake'])
  environment.advance(1)
  expect(said).toEqual(['wake', 'rest'])
  expect(rest.isResting).toBe(true)
  page.wakeUp()
  environment.advance(10 * IDLE_MS)
  expect(said).toEqual(['wake', 'rest'])
  page.look()
  expect(said).toEqual(['wake', 'rest', 'wake'])
  expect(rest.isResting).toBe(false)
})

it('[LINK-13][X-12] what waits to be sent keeps the connection, and an edit brings it back for another five minutes', () => {
  const { environment, said, waits, rest } = stage({ isHidden: true })
  waits.any = true
  environment.advance(3 * IDLE_MS)
  rest.look()
  expect(said).toEqual([])
  waits.any = false
  rest.look()
  expect(said).toEqual(['rest'])
  rest.look()
  waits.any = true
  rest.look()
  rest.look()
  expect(said).toEqual(['rest', 'wake'])
  waits.any = false
  rest.look()
  environment.advance(IDLE_MS - 1)
  expect(said).toEqual(['rest', 'wake'])
  environment.advance(1)
  expect(said).toEqual(['rest', 'wake', 'rest'])
})

it('[LINK-13] asked for a connection it wakes at once; closed, it does nothing more', () => {
  const { environment, page, said, rest } = stage({ isHidden: true })
  environment.advance(IDLE_MS)
  rest.acted()
  expect(said).toEqual(['rest', 'wake'])
  environment.advance(IDLE_MS)
  rest.close()
  rest.acted()
  page.look()
  environment.advance(10 * IDLE_MS)
  expect(said).toEqual(['rest', 'wake', 'rest'])
})
