import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { LiveOrder } from '../../../examples/web/src/list/order/live-order.ts'
import { DONE } from '../../../examples/web/src/list/order/order.ts'
import { NO_FILTER } from '../../../examples/web/src/list/order/outline.ts'
import { workbench } from '../sdk/workbench.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  vi.stubGlobal('window', globalThis)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('[APP-20] what is ticked stays where it was for three seconds, and while the pointer or the focus is on it; then it folds away', async () => {
  const { list, environment } = await workbench()
  const [a, b, c] = list.items.addMany(['a', 'b', 'c']).value
  if (a === undefined || b === undefined || c === undefined) throw new Error('Nothing was added.')
  const order = new LiveOrder(list, { sort: 'manual', filter: NO_FILTER })
  const stop = order.subscribe(() => undefined)
  const shown = (): string => {
    const { lanes } = order.getSnapshot().order
    const titles = (ids: readonly string[] = []) =>
      ids.map((id) => list.items.item(id).getSnapshot()?.title).join(' ')
    return `${titles([...lanes].flatMap(([lane, ids]) => (lane === DONE ? [] : ids)))} | ${titles(lanes.get(DONE))}`
  }
  list.items.toggle(b, true)
  vi.advanceTimersByTime(2_900)
  expect(shown()).toBe('a b c | ')
  vi.advanceTimersByTime(200)
  expect(shown()).toBe('a c | b')

  // Taken back in time, nothing has moved.
  list.items.toggle(a, true)
  vi.advanceTimersByTime(2_000)
  list.items.toggle(a, false)
  vi.advanceTimersByTime(10_000)
  expect(shown()).toBe('a c | b')

  for (const touched of ['hovered', 'focused'] as const) {
    order.touch({ [touched]: c })
    environment.advance(1_000)
    list.items.toggle(c, true)
    vi.advanceTimersByTime(60_000)
    expect(shown()).toBe('a c | b')
    order.touch({ [touched]: null })
    expect(shown()).toBe('a | c b')
    list.undo()
    expect(shown()).toBe('a c | b')
  }
  stop()
})
