import type { Page } from 'playwright-core'
import { until } from '../../support/until.ts'

/** Somebody who has no mouse: presses keys, and after each of them must see where the focus is. */
export interface Keys {
  press(...keys: string[]): Promise<void>
  type(text: string): Promise<void>
  /** Waits until what has the focus is called so. */
  at(name: string | RegExp): Promise<void>
  /** Goes on with Tab until what has the focus is called so. */
  tabTo(name: string | RegExp): Promise<void>
}

/** More stops than any page has. */
const MOST_STOPS = 60

export function keysOn(page: Page): Keys {
  const look = async (after: string): Promise<void> => {
    let fault: string | null = null
    // It may be on its way: a dialog that closes gives it back with the next frame.
    const isRight = async (): Promise<boolean> => {
      fault = await faultOfFocus(page)
      return fault === null
    }
    await until(isRight, { timeoutMs: 5_000 }).catch(() => {
      throw new Error(`${new URL(page.url()).pathname}, after ${after}: ${fault}`)
    })
  }
  const isAt = async (name: string | RegExp): Promise<boolean> => {
    const [label, text] = await focused(page)
    const has = (words: string | undefined): boolean =>
      words !== undefined && (typeof name === 'string' ? words === name : name.test(words))
    return has(label) || (label === '' && has(text))
  }
  const self: Keys = {
    press: async (...keys) => {
      for (const key of keys) {
        await page.keyboard.press(key)
        await look(key)
      }
    },
    type: async (text) => {
      await page.keyboard.type(text)
      await look(`“${text}”`)
    },
    at: (name) =>
      until(() => isAt(name), { what: `the focus on ${name}` }).catch(async (error) => {
        throw new Error(`${(error as Error).message}; it is on ${(await focused(page)).join(' / ')}`)
      }),
    tabTo: async (name) => {
      const seen: string[] = []
      for (let stop = 0; stop < MOST_STOPS; stop++) {
        if (await isAt(name)) return
        await self.press('Tab')
        seen.push((await focused(page)).join(' / '))
      }
      throw new Error(`Tab does not lead to ${name}, but to ${seen.join(', ')}`)
    },
  }
  return self
}

/** What a screen reader calls it, as far as that stands at it, and its text. */
function focused(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const at = document.activeElement
    const labels = at instanceof HTMLInputElement ? [...(at.labels ?? [])].map((one) => one.textContent) : []
    const name = at?.getAttribute('aria-label') ?? labels.join(' ').trim()
    return [name, at?.textContent?.trim().slice(0, 80) ?? '']
  })
}

/** WCAG 2.4.7 and 2.4.11: it is somewhere, it shows, and nothing that floats above the page hides it. */
function faultOfFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const at = document.activeElement
    if (!(at instanceof HTMLElement) || at === document.body) return 'the focus is nowhere'
    const name = `${at.localName}.${at.className} “${at.getAttribute('aria-label') ?? at.textContent?.slice(0, 40)}”`
    // A heading, a page or a dialog takes it for who hears; there is nothing to press.
    if (at.tabIndex === -1 && at.matches('h1, main, [role=dialog], [role=alertdialog], aside')) return null
    const box = (at.closest('label') ?? at).getBoundingClientRect()
    if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth)
      return `${name} is beside the window: ${box.top.toFixed(0)} to ${box.bottom.toFixed(0)}`
    const points = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map((y) => [x, y] as const))
    const isSeen = points.some(([x, y]) => {
      const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)
      return hit !== null && (at.contains(hit) || hit.contains(at)) && hit !== document.documentElement
    })
    if (!isSeen) return `${name} is hidden behind something`
    const drawn = [at, at.closest('label')].some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one ?? at)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0
    })
    // Where one types a caret is drawn; React Aria marks what has the focus in menus.
    const isDrawn = drawn || at.matches('textarea, input:not([type=checkbox], [type=radio]), [data-focused]')
    return isDrawn ? null : `${name} does not show that it has the focus`
  })
}
