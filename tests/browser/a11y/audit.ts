import axe, { type AxeResults, type RunOptions } from 'axe-core'
import type { CDPSession, Page } from 'playwright-core'
import { smallTargets } from './targets.ts'

/** How a page is looked at: all rules hold in each of these. */
interface Look {
  readonly name: string
  readonly colorScheme: 'light' | 'dark'
  readonly language: 'en' | 'de' | 'ar'
  readonly width: number
  readonly height: number
  readonly isTouched: boolean
}

const LIGHT: Look = {
  name: 'light',
  colorScheme: 'light',
  language: 'en',
  width: 1320,
  height: 800,
  isTouched: false,
}
const PHONE = { width: 390, height: 844, isTouched: true }
const LOOKS: readonly Look[] = [
  LIGHT,
  { ...LIGHT, name: 'dark', colorScheme: 'dark' },
  { ...LIGHT, name: 'right to left', language: 'ar' },
  { ...LIGHT, ...PHONE, name: 'phone' },
]
/** The narrowest that has to be usable without scrolling to the side, with the longest words that the app has. */
const NARROW: Look = { ...LIGHT, ...PHONE, name: '320 px', language: 'de', width: 320, height: 640 }

const EVERYTHING: RunOptions = {
  runOnly: {
    type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  },
  // Of WCAG 2.2, and not on by itself.
  rules: { 'target-size': { enabled: true } },
}
/** In the dark the page is the same in other colours. */
const COLOURS: RunOptions = { runOnly: ['color-contrast', 'link-in-text-block'] }

/** Looks at screens, and collects what is wrong with them, so that one run names all of it. */
export interface Auditor {
  readonly faults: string[]
  /** `shows` is a selector of what makes the screen this one: it must be there in every look, or something else was looked at. */
  look(screen: string, shows: string): Promise<void>
}

export async function auditorOf(page: Page): Promise<Auditor> {
  const session = await page.context().newCDPSession(page)
  const faults: string[] = []
  return {
    faults,
    look: async (screen, shows) => {
      const note = (look: Look, found: readonly string[]): void => {
        faults.push(...found.map((one) => `${screen}, ${look.name}: ${one}`))
      }
      await page.locator(shows).first().waitFor()
      for (const look of LOOKS) {
        await take(page, session, look)
        if (!(await page.locator(shows).first().isVisible())) note(look, [`${shows} is not there`])
        note(look, await violations(page, look.name))
        if (look.isTouched) note(look, await smallTargets(page))
      }
      await take(page, session, NARROW)
      note(NARROW, await beyondTheSide(page))
      await take(page, session, LIGHT)
    },
  }
}

/** Changes the look of the page as it is, with everything that is open in it. */
async function take(page: Page, session: CDPSession, look: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' })
  await page.setViewportSize({ width: look.width, height: look.height })
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: look.isTouched })
  // As another tab of theirs would choose it.
  await page.evaluate(async (language) => {
    localStorage.setItem('tandem:language', language)
    dispatchEvent(new StorageEvent('storage', { key: 'tandem:language' }))
    while (document.documentElement.lang !== language) await new Promise(requestAnimationFrame)
  }, look.language)
  await settled(page)
}

/** Until nothing has changed for a few frames, and nothing moves any more. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    let changedAt = performance.now()
    const watch = new MutationObserver(() => (changedAt = performance.now()))
    watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    const startedAt = changedAt
    const isMoving = (): boolean => document.getAnimations().some(({ playState }) => playState === 'running')
    do await new Promise(requestAnimationFrame)
    while ((performance.now() - changedAt < 60 || isMoving()) && performance.now() - startedAt < 3_000)
    watch.disconnect()
  })
}

async function violations(page: Page, look: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const results = await page.evaluate(
    (rules) =>
      (window as unknown as { axe: typeof axe }).axe.run(document, {
        ...rules,
        resultTypes: ['violations'],
        preload: false,
        iframes: false,
      }) as Promise<AxeResults>,
    look === 'dark' ? COLOURS : EVERYTHING,
  )
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any, all }) => {
      const why = [...any, ...all].map(({ message }) => message).join('; ')
      return `${id}: ${html.slice(0, 200)} (${why})`
    }),
  )
}

/** What sticks out of the page at the side. */
function beyondTheSide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const room = Math.max(clientWidth, 320)
    const isWider = scrollWidth > room
    const scrolled = [...document.querySelectorAll<HTMLElement>('.sheet-body, .popover, .menu, .side, main')]
    const inner = scrolled.filter((one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1)
    const widest = [...document.querySelectorAll<HTMLElement>('main *')].filter((one) => {
      const { left, right } = one.getBoundingClientRect()
      return isWider && (right > room + 1 || left < -1)
    })
    return [
      ...(isWider
        ? [`the page is ${scrollWidth} px wide: ${widest.map((one) => `${one.localName}.${one.className}`)}`]
        : []),
      ...inner.map(
        (one) => `.${one.className} scrolls to the side: ${one.scrollWidth} of ${one.clientWidth}`,
      ),
    ]
  })
}
