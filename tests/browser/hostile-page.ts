import { expect } from 'vitest'
import { type Client, createClient, type List } from '../../client-sdk/src/index.ts'
import { giveRole, guest } from '../support/people.ts'
import type { RunningServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import type { Person } from './app.ts'

/** What would run if any place took text for more than text. */
export const MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
export const SCRIPT_LINK = 'javascript:window.hacked=1'
/** Nothing in it where a line could be broken. */
export const LONG = `${'W'.repeat(9_990)}THE-END`
export const EMOJI = '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(60)
/** A right-to-left override that nobody ends, behind words that run from right to left. */
export const RIGHT_TO_LEFT = 'حليب وخبز \u202Egnp.exe'
export const HOSTILE = [MARKUP, SCRIPT_LINK, LONG, EMOJI, RIGHT_TO_LEFT]

/** Somebody with a hostile name, by program: what a page of ours would not send is sent all the same. */
export async function stranger(
  server: RunningServer,
  owner: Person,
  listId: string,
): Promise<{ client: Client; list: List }> {
  const { token, userId } = await guest(server.url, MARKUP)
  await giveRole(server.url, owner.session().token, { listId, userId, role: 'editor' })
  const client = createClient({ url: server.url, token, storage: 'memory' })
  const list = client.lists.open(listId)
  await until(() => list.status.getSnapshot().state === 'synced', { what: 'the stranger’s list' })
  return { client, list }
}

/** From before the page's first script on: what its rules forbade, and what ran that was text. */
export async function watchRules({ context, complaints }: Person): Promise<void> {
  await context.exposeFunction('complainOf', (what: string) => void complaints.push(what))
  await context.addInitScript(() => {
    const { complainOf } = window as unknown as { complainOf(what: string): void }
    addEventListener('securitypolicyviolation', (event) =>
      complainOf(`forbidden: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    )
  })
}

/** Nothing on the page runs, and all of it can be seen and reached without scrolling sideways. */
export async function expectHarmless({ page }: Person, where: string): Promise<void> {
  const found = await page.evaluate(async () => {
    // What slides in is outside for a moment.
    const moving = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(moving.map(({ finished }) => finished))
    const width = document.documentElement.clientWidth
    const isShown = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      element.closest('[inert], .only-read') === null
    const name = (element: Element): string =>
      `${element.localName}.${element.className} ${(element.getAttribute('aria-label') ?? element.textContent ?? '').slice(0, 40)}`
    const outside = [...document.querySelectorAll('button, a, input, textarea, select, h1, h2, h3, p, li')]
      .filter(isShown)
      .filter((element) => {
        const { left, right, width: own } = element.getBoundingClientRect()
        return own > 1 && right > 0 && (left < -1 || right > width + 1)
      })
    const scrolling = [
      ...document.querySelectorAll('html, main, [role=dialog], [role=alertdialog], [role=menu]'),
    ].filter((element) => element.scrollWidth > element.clientWidth + 1)
    return {
      hacked: 'hacked' in window,
      foreign: document.querySelectorAll('img[src="x"], [onerror], body script:not([src])').length,
      links: [...document.querySelectorAll('a')]
        .map((a) => a.protocol)
        .filter((one) => !/^(https?|mailto):$/.test(one)),
      outside: outside.map(name).slice(0, 5),
      scrolling: scrolling.map(name),
    }
  })
  expect.soft({ where, ...found }).toEqual({
    where,
    hacked: false,
    foreign: 0,
    links: [],
    outside: [],
    scrolling: [],
  })
}
