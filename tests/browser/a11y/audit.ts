import axe, { type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { LOOKS, NARROW, setLook, takeLook } from './looks.ts'
import { smallTargets } from './targets.ts'

const RULES: RunOptions = {
  runOnly: {
    type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  },
  // Of WCAG 2.2, and not on by itself.
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
  preload: false,
  iframes: false,
}

/** Looks at screens, and collects what is wrong with them, so that one run names all of it. */
export interface Auditor {
  readonly faults: string[]
  /** `shows` is a selector of what makes the screen this one: it must be there in every look, or something else was looked at. */
  look(screen: string, shows: string): Promise<void>
}

/** What exists on phones alone is looked at on a phone in every look. */
export async function auditorOf(page: Page, where: keyof typeof LOOKS = 'desk'): Promise<Auditor> {
  const session = await page.context().newCDPSession(page)
  const faults: string[] = []
  const looks = LOOKS[where]
  return {
    faults,
    look: async (screen, shows) => {
      const what = page.locator(shows).first()
      await what.waitFor()
      for (const look of looks) {
        const found = await takeLook(page, session, look)
        if (!(await what.isVisible())) found.push(`${shows} is not there`)
        found.push(...(await violations(page)))
        if (look.isTouched) found.push(...(await smallTargets(page)))
        faults.push(...found.map((one) => `${screen}, ${look.name}: ${one}`))
      }
      await takeLook(page, session, NARROW)
      faults.push(...(await beyondTheSide(page)).map((one) => `${screen}, ${NARROW.name}: ${one}`))
      await setLook(page, session, looks[0])
    },
  }
}

async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async (rules) => {
    const { axe: axeHere } = window as unknown as { axe: typeof axe }
    // What is scrolled out at the top of its box counts for axe as beside the page.
    for (const one of document.querySelectorAll('body *')) if (one.scrollTop > 0) one.scrollTop = 0
    // Under an open menu the page is hidden on purpose, and that it has a heading and a main part is seen without the menu.
    const isCovered = document.querySelector('main')?.closest('[aria-hidden=true], [inert]') != null
    const hasOverlay = document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null
    const ofPages = { enabled: !(isCovered && hasOverlay) }
    const results = await axeHere.run(document, {
      ...rules,
      rules: { ...rules.rules, 'landmark-one-main': ofPages, 'page-has-heading-one': ofPages },
    })
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any, all }) => {
        const why = [...any, ...all].map(({ message }) => message).join('; ')
        return `${id}: ${html.slice(0, 200)} (${why})`
      }),
    )
  }, RULES)
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
