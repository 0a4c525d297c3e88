import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launchChromium } from '../../support/chromium.ts'
import type { RunningServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { newPerson, type Person, share, startApp } from '../app.ts'

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
}

export interface Stage {
  readonly browser: Browser
  readonly server: RunningServer
  pair(...items: string[]): Promise<Pair>
}

/** One server and one browser for a file. After each test no page may have printed or thrown an error. */
export function useStage(): Stage {
  let server: RunningServer
  let browser: Browser
  const people: Person[] = []
  beforeAll(async () => {
    server = await startApp()
    browser = await launchChromium()
  })
  afterEach(async () => {
    const here = people.splice(0)
    const complaints = here.flatMap(({ complaints: own }) => own)
    for (const one of here) await one.leave()
    expect(complaints).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })
  return {
    get browser() {
      return browser
    },
    get server() {
      return server
    },
    async pair(...items) {
      const anna = await newPerson(browser, server)
      const bo = await newPerson(browser, server)
      people.push(anna, bo)
      await anna.signIn('Anna')
      await bo.signIn('Bo')
      const listId = await anna.createList('Groceries')
      for (const item of items) await anna.add(item)
      await anna.untilStatus('Saved')
      await share(server, anna, bo, listId)
      await bo.openList(listId)
      await bo.untilTitles(items)
      await bo.untilStatus('Saved')
      return pairOf(server, anna, bo, listId)
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
  }
}
