import { expect, it } from 'vitest'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { useStage } from './pair.ts'

const stage = useStage()

it('[STATUS-5][A6.14] a page that meets a list of a later version reads on, locks what it could break, asks to be reloaded, and loses nothing', async () => {
  const { anna, bo, listId, server } = await stage.pair('Milk')
  await bo.goOffline()
  await bo.untilStatus('Offline')
  await bo.add('Bread')
  const { token, user } = anna.session()
  const newer = new RawClient({ url: `${server.wsUrl}/sync`, token, listId, version: 'tandem/1' })
  await newer.synced
  const register = (value: unknown) => [value, user.id, Date.now()]
  newer.document.getMap('list').set('format', register(2))
  await anna.untilStatus('Needs attention')
  await anna.page
    .getByText(/reload/i)
    .first()
    .waitFor()
  expect(await anna.page.getByRole('checkbox', { name: 'Milk' }).isDisabled()).toBe(true)

  // What was written before is kept, and sent by a version that understands the list.
  await bo.goOnline()
  await bo.untilStatus('Needs attention')
  expect(await bo.titles()).toEqual(['Milk', 'Bread'])
  newer.document.getMap('list').set('format', register(1))
  await bo.untilStatus('Saved')
  await anna.untilTitles(['Milk', 'Bread'])
  await until(() => anna.page.getByRole('checkbox', { name: 'Milk' }).isEnabled())
  newer.drop()
})
