import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { launchChromiumProfile } from '../../support/chromium.ts'
import { type Person, person, share } from '../app.ts'
import { useStage } from './pair.ts'

const stage = useStage()
const EDITS = 50

it('[LOCAL-4][APP-17][A-14][D-01][F-15] a day without a network: a list made, 50 edits, the browser closed and opened again, and all of it with the other person once there is a network', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'tandem-offline-day-'))
  const { anna: other } = await stage.pair()
  let bo = await person(await launchChromiumProfile(profile), stage.server)
  const { network } = bo
  await bo.signIn('Bo')
  const session = bo.session()
  // The page is on the device once its worker has it.
  await bo.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await bo.goOffline()

  const listId = await bo.createList('Trip')
  const titles: string[] = []
  for (let n = 1; n <= 40; n += 1) titles.push(`thing ${n}`)
  for (const title of titles) await bo.add(title)
  for (let n = 1; n <= 5; n += 1) await bo.rename(`thing ${n}`, `other thing ${n}`)
  for (let n = 6; n <= 10; n += 1) await bo.tick(`thing ${n}`)
  await bo.untilStatus(`Offline · ${EDITS}`)

  await bo.context.close()
  bo = await person(await launchChromiumProfile(profile), stage.server, network)
  await bo.context.setOffline(true)
  await bo.openList(listId)
  await bo.untilStatus(`Offline · ${EDITS}`)
  expect([...(await bo.titles())].sort()).toEqual(wanted())

  await bo.goOnline()
  await bo.untilStatus('Saved')
  await share(stage.server, withSession(bo, session), other, listId)
  await other.openList(listId)
  await other.untilTitles(await bo.titles())
  expect([...(await other.titles())].sort()).toEqual(wanted())
  expect(await other.page.locator('.item input[type=checkbox]:checked').count()).toBe(5)
  expect(bo.complaints).toEqual([])
  await bo.leave()
  await rm(profile, { recursive: true, force: true })

  function wanted(): string[] {
    return titles.map((title, n) => (n < 5 ? `other ${title}` : title)).sort()
  }
})

/** Who they are was said in the browser before. */
function withSession(who: Person, session: ReturnType<Person['session']>): Person {
  return { ...who, session: () => session }
}
