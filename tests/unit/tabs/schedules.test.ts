import { expect, it } from 'vitest'
import { type SeededRandom, seededRandom } from '../../support/seed.ts'
import { type App, LIST, type TabsStage, tabsStage } from './tabs-stage.ts'

const SCHEDULES = 100
const STEPS = 50
/** Longest that two tabs which both run may have a socket each. */
const TAKEOVER_MS = 1_000

class Schedule {
  readonly s: TabsStage
  readonly apps: App[] = []
  readonly #random: SeededRandom
  #doubledSinceMs: number | null = null

  constructor(random: SeededRandom) {
    this.#random = random
    // Between tabs of a busy machine messages take their time.
    this.s = tabsStage(random.next, random.pick([3, 3, 400]))
    this.apps.push(this.s.open())
  }

  async run(): Promise<void> {
    for (let step = 0; step < STEPS; step++) {
      this.#act()
      const ms = this.#random.pick([1, 20, 200, 2_000, 9_000])
      for (let passed = 0; passed < ms; passed += 20) {
        await this.s.clock.advance(Math.min(20, ms))
        this.#check()
      }
    }
    await this.#settle()
  }

  #act(): void {
    const { s, apps } = this
    const alive = apps.filter(({ tab }) => !tab.isGone)
    const app = alive.length === 0 ? null : this.#random.pick(alive)
    switch (this.#random.int(12)) {
      case 0:
        if (alive.length < 5) apps.push(s.open())
        return
      case 1:
        app?.tab.crash()
        return
      case 2:
        if (app !== null && !app.tab.isFrozen) this.#leave(app)
        return
      case 3:
        app?.tab.freeze()
        return
      case 4:
      case 5:
        app?.tab.thaw()
        return
      case 6:
        s.server.isReachable = false
        s.server.cutAll()
        return
      case 7:
        s.server.isReachable = true
        return
      case 8:
        if (app !== null && !app.tab.isFrozen) app.tab.rest()
        return
      default:
        if (app !== null && !app.tab.isFrozen) app.edit()
    }
  }

  #leave(app: App): void {
    app.close()
    app.tab.crash()
  }

  #check(): void {
    const { s, apps } = this
    const known = s.server.doc(LIST).getMap('items')
    for (const { host, wrote } of apps) {
      const lost = wrote.slice(0, host.ackedUpTo).filter((key) => !known.has(key))
      // Looked at some hundred thousand times: the assertion itself would take most of the time.
      if (lost.length > 0) expect(lost).toEqual([])
    }
    const running = [...s.server.sockets].filter(({ tab }) => !tab.isFrozen && !tab.isGone)
    if (running.length <= 1) this.#doubledSinceMs = null
    else {
      this.#doubledSinceMs ??= s.clock.now()
      const doubledMs = s.clock.now() - this.#doubledSinceMs
      if (doubledMs >= TAKEOVER_MS) expect(doubledMs).toBeLessThan(TAKEOVER_MS)
    }
  }

  async #settle(): Promise<void> {
    const { s, apps } = this
    s.server.isReachable = true
    const alive = apps.filter(({ tab }) => !tab.isGone)
    for (const { tab, link } of alive) {
      tab.thaw()
      link.resume()
    }
    const isOne = (): boolean =>
      alive.every(({ host }) => host.keys().join() === s.server.keys(LIST).join()) &&
      s.server.openAs(LIST).length === alive.length &&
      s.server.sockets.size === Math.min(alive.length, 1)
    expect(await s.until(() => s.live(...alive) && isOne(), 300_000)).toBe(true)
    expect(s.errors).toEqual([])
  }
}

it('[TABS-1][TABS-4][TABS-5] whatever becomes of tabs and network: one socket, no confirmed edit lost, no tab left behind, nobody still there who has gone', async () => {
  const { seed } = seededRandom('tabs that share a socket')
  for (let i = 0; i < SCHEDULES; i++) {
    try {
      await new Schedule(seededRandom(`schedule ${i}`, seed)).run()
    } catch (error) {
      throw new Error(`Schedule ${i} of TANDEM_SEED=${seed}: ${String(error)}`, { cause: error })
    }
  }
}, 120_000)
