import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { newPerson, type Person, share } from '../app.ts'
import { madeList } from '../made-list.ts'
import { useApp } from '../use-app.ts'

/** Anna's list, which Bo edits too, each in a browser and behind a network of their own. */
export interface Pair {
  readonly server: RunningServer
  readonly anna: Person
  readonly bo: Person
  readonly listId: string
  goOffline(): Promise<void>
  /** `first` is connected and saved before the other one is. */
  comeBack(first?: Person): Promise<void>
  /** Waits until both show the same titles in the same order, these many of them. */
  agree(count: number): Promise<string[]>
  /** Waits until both see exactly these as done. */
  untilTicked(titles: readonly string[]): Promise<void>
}

export interface Stage {
  readonly browser: Browser
  readonly server: RunningServer
  readonly anna: Person
  readonly bo: Person
  /** SIGKILLs the server and starts it again at the same address, on the same database. */
  killServer(meanwhile: () => Promise<void>): Promise<void>
  /** A new list with these items, on both pages. */
  pair(...items: string[]): Promise<Pair>
}

/**
 * One server, one browser and two people for a file; each test has a list of its own. After each test no page may have
 * printed or thrown an error.
 */
export function useStage(): Stage {
  // Two pages and their server on a machine that has other work take their time.
  vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })
  const app = useApp({ readyWithinMs: 60_000 })
  let again: RunningServer | undefined
  let anna: Person
  let bo: Person
  beforeAll(async () => {
    ;[anna, bo] = await Promise.all([newPerson(app.browser, app.server), newPerson(app.browser, app.server)])
    await Promise.all([anna.signIn('Anna'), bo.signIn('Bo')])
  })
  afterEach(async () => {
    // Also when the test failed while one of them was away.
    for (const one of [anna, bo]) {
      one.network.delay(0)
      one.network.resume()
      await one.goOnline()
    }
    const complaints = [...anna.complaints.splice(0), ...bo.complaints.splice(0)]
    expect(complaints).toEqual([])
  })
  afterAll(async () => {
    await anna?.leave()
    await bo?.leave()
    await again?.stop()
  })
  return {
    get browser() {
      return app.browser
    },
    get server() {
      return app.server
    },
    get anna() {
      return anna
    },
    get bo() {
      return bo
    },
    async killServer(meanwhile) {
      await (again ?? app.server).kill()
      await meanwhile()
      const env = { PORT: String(app.server.port) }
      again = await startServer({ databaseUrl: app.server.databaseUrl, env, readyWithinMs: 60_000 })
    },
    async pair(...items) {
      const listId = await madeList(app.server, anna, 'Groceries', items)
      await share(app.server, anna, bo, listId)
      await Promise.all(
        [anna, bo].map(async (one) => {
          await one.openList(listId)
          await one.untilTitles(items)
          await one.untilStatus('Saved')
        }),
      )
      return pairOf(app.server, anna, bo, listId)
    },
  }
}

function pairOf(server: RunningServer, anna: Person, bo: Person, listId: string): Pair {
  return {
    server,
    anna,
    bo,
    listId,
    goOffline: async () => {
      for (const one of [anna, bo]) {
        await one.goOffline()
        await one.untilStatus('Offline')
      }
    },
    comeBack: async (first = anna) => {
      for (const one of [first, first === anna ? bo : anna]) {
        await one.goOnline()
        await one.untilStatus('Saved')
      }
    },
    agree: async (count) => {
      // As long as somebody is at a row, what others move waits.
      for (const { page } of [anna, bo]) {
        await page.mouse.move(1, 1)
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
      }
      const what = `both to show the same ${count} titles`
      await until(
        async () => {
          const [hers, his] = [await anna.titles(), await bo.titles()]
          return hers.length === count && hers.join('\n') === his.join('\n')
        },
        { what, timeoutMs: 20_000 },
      )
      return anna.titles()
    },
    untilTicked: async (titles) => {
      const wanted = [...titles].sort().join('\n')
      for (const one of [anna, bo]) {
        await until(async () => (await ticked(one)).join('\n') === wanted, {
          what: `${titles.length} done items`,
          timeoutMs: 20_000,
        })
      }
    },
  }
}

/** What is done of the list that is shown, by title. */
export async function ticked(person: Person): Promise<string[]> {
  // Unfolds what is done.
  await person.titles()
  const names = await person.page
    .locator('.item input[type=checkbox]')
    .evaluateAll((boxes) =>
      boxes.flatMap((box) =>
        (box as HTMLInputElement).checked ? [box.getAttribute('aria-label') ?? ''] : [],
      ),
    )
  return names.sort()
}
