/** `node scripts/icons.ts`: draws the app's PNG icons from `icon.svg`, for systems that take no SVG. To be run when that changes. */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../tests/support/chromium.ts'

interface Icon {
  readonly name: string
  readonly size: number
  /** Systems cut these into shapes of their own: the picture keeps to the middle, and the ground goes to the edge. */
  readonly isMaskable: boolean
}

const ICONS: readonly Icon[] = [
  { name: 'icon-192', size: 192, isMaskable: false },
  { name: 'icon-512', size: 512, isMaskable: false },
  { name: 'icon-maskable-192', size: 192, isMaskable: true },
  { name: 'icon-maskable-512', size: 512, isMaskable: true },
  { name: 'icon-180', size: 180, isMaskable: true },
]
const GROUND = '#1f6f5c'
/** The part of a maskable icon that no shape cuts off is a circle of 80 %. */
const SAFE = 0.8

const folder = new URL('../examples/web/public/', import.meta.url)

async function draw(browser: Browser, svg: string, { name, size, isMaskable }: Icon): Promise<void> {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const side = isMaskable ? size * SAFE : size
  const margin = (size - side) / 2
  await page.setContent(
    `<style>body{margin:0;background:${isMaskable ? GROUND : 'transparent'}}
     svg{display:block;width:${side}px;height:${side}px;margin:${margin}px}</style>${svg}`,
  )
  const png = await page.screenshot({ omitBackground: true })
  await writeFile(fileURLToPath(new URL(`${name}.png`, folder)), png)
  await page.close()
}

const svg = await readFile(new URL('icon.svg', folder), 'utf8')
const browser = await launchChromium()
for (const icon of ICONS) await draw(browser, svg, icon)
await browser.close()
