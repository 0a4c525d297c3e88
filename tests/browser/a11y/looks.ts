import type { CDPSession, Page } from 'playwright-core'

/** How a page is looked at. */
export interface Look {
  readonly name: string
  readonly colorScheme: 'light' | 'dark'
  readonly language: 'en' | 'de' | 'ar'
  readonly width: number
  readonly height: number
  readonly isTouched: boolean
}

const DESK: Look = {
  name: 'light',
  colorScheme: 'light',
  language: 'en',
  width: 1320,
  height: 800,
  isTouched: false,
}
/** Details are over the list as on a phone, and not beside it. */
const WINDOW: Look = { ...DESK, width: 1200 }
const HAND: Look = { ...DESK, name: 'phone', width: 390, height: 844, isTouched: true }
/** What differs in one of these two is seen in both at once: a page is set up twice instead of three times. */
const MIRRORED = { name: 'dark and right to left', colorScheme: 'dark', language: 'ar' } as const
/** The longest words that the app has. */
const LONG_WORDS = 'de'

/** All rules hold in each of these. The first is how a test goes on with the page. */
export const LOOKS: Readonly<Record<'desk' | 'window' | 'phone', readonly [Look, ...Look[]]>> = {
  desk: [DESK, { ...DESK, ...MIRRORED }, { ...HAND, language: LONG_WORDS }],
  window: [WINDOW, { ...WINDOW, ...MIRRORED }, { ...HAND, language: LONG_WORDS }],
  phone: [HAND, { ...HAND, ...MIRRORED }, { ...HAND, name: 'phone, German', language: LONG_WORDS }],
}
/** The narrowest that has to be usable without scrolling to the side. */
export const NARROW: Look = { ...HAND, name: '320 px', language: LONG_WORDS, width: 320, height: 640 }

/** Changes the look of the page as it is, with everything that is open in it. */
export async function setLook(page: Page, session: CDPSession, look: Look): Promise<void> {
  const { colorScheme, width, height, isTouched, language } = look
  await Promise.all([
    page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }),
    page.setViewportSize({ width, height }),
    session.send('Emulation.setTouchEmulationEnabled', { enabled: isTouched }),
    page.evaluate(speak, language),
  ])
}

/** The same, until it is done. Returns what moved, which nothing should: motion is unwanted. */
export async function takeLook(page: Page, session: CDPSession, look: Look): Promise<string[]> {
  await setLook(page, session, look)
  return page.evaluate(settled)
}

/** Runs in the page: as another tab of theirs would choose it. */
async function speak(language: string): Promise<void> {
  if (document.documentElement.lang === language) return
  localStorage.setItem('tandem:language', language)
  dispatchEvent(new StorageEvent('storage', { key: 'tandem:language' }))
  while (document.documentElement.lang !== language) await new Promise((done) => setTimeout(done))
}

/** Runs in the page: until a whole frame, with what it made others measure and do, has changed nothing. */
async function settled(): Promise<string[]> {
  const moved = new Set<string>()
  let hasChanged = false
  const watch = new MutationObserver(() => (hasChanged = true))
  watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  const until = performance.now() + 3_000
  do {
    hasChanged = false
    await new Promise(requestAnimationFrame)
    await new Promise((done) => setTimeout(done))
    for (const animation of document.getAnimations()) {
      if (!(animation instanceof CSSTransition) || !(animation.effect instanceof KeyframeEffect)) continue
      const { target } = animation.effect
      moved.add(`${animation.transitionProperty} of ${target?.localName}.${target?.className} moves`)
      hasChanged = true
    }
  } while (hasChanged && performance.now() < until)
  watch.disconnect()
  return [...moved]
}
