import type { Page } from 'playwright-core'

/** As large as a thumb needs; the measure of `--tap` under a finger. */
const THUMB = 44
/** What changes something beside a way of its own, or has one that is larger: of these the 24 px of WCAG are asked, which axe measures. */
const SECONDARY = '.chip, button.link, button.heading, .select-box, .pill button'

/** What is pressed and is too small for a finger, by where a touch of it arrives and not by how it looks. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ least, secondary }) => {
      const all = document.querySelectorAll<HTMLElement>(
        'a[href], button, input, select, textarea, summary, [role=menuitem], [role=option]',
      )
      const isForReaders = (one: Element | null): boolean =>
        one !== null &&
        ([...one.getClientRects()].some(({ width }) => width <= 1) || isForReaders(one.parentElement))
      const isPressedAt = (target: Element, x: number, y: number): boolean => {
        const hit = document.elementFromPoint(x, y)
        return hit !== null && (target.contains(hit) || hit.contains(target))
      }
      const found: string[] = []
      for (const one of all) {
        if (one.closest(`[inert], [aria-hidden=true], ${secondary}`) !== null) continue
        if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
        const target = one.closest('label') ?? one
        const size = target.getBoundingClientRect()
        if (Math.min(size.width, size.height) >= least - 0.5 || isForReaders(target)) continue
        // Beside the window until it has focus.
        if (size.right <= 0 || size.left >= innerWidth || size.bottom + scrollY <= 0) continue
        target.scrollIntoView({ block: 'center' })
        const { left, top, width, height } = target.getBoundingClientRect()
        const [x, y, away] = [left + width / 2, top + height / 2, least / 2 - 1]
        const isLarge =
          [x - away, x + away].every((at) => width >= least || isPressedAt(target, at, y)) &&
          [y - away, y + away].every((at) => height >= least || isPressedAt(target, x, at))
        const name = one.getAttribute('aria-label') ?? one.textContent?.trim().slice(0, 40)
        const measures = `${width.toFixed(0)} × ${height.toFixed(0)}`
        if (!isLarge) found.push(`${one.localName}.${one.className} “${name}”: ${measures}`)
      }
      return found
    },
    { least: THUMB, secondary: SECONDARY },
  )
}
