import { OpenMenu } from '../ui/menu.tsx'
import { OpenPicker } from '../ui/picker.tsx'
import {
  AssignedPage,
  Help,
  ListPage,
  Overview,
  Palette,
  SearchPage,
  SettingsPage,
  TodayPage,
  TrashPage,
} from './parts.ts'

/** Parts that people come to soon, in the order in which they tend to. */
const SOON: readonly (() => Promise<unknown>)[] = [
  ListPage.load,
  OpenMenu.load,
  () => import('../list/detail/item-detail.tsx'),
  Overview.load,
  () => import('../sharing/share-dialog.tsx'),
  OpenPicker.load,
  () => import('../state/status-panel.tsx'),
  TodayPage.load,
  SearchPage.load,
  Palette.load,
  AssignedPage.load,
  TrashPage.load,
  SettingsPage.load,
  Help.load,
]
/** The first seconds belong to the page itself and to what it has to sync. */
const CALM_MS = 1_000

/** Fetches and reads them one after the other while nothing else is going on, so that a first menu opens as fast as a second. */
export function preloadWhenIdle(): () => void {
  let isOver = false
  const timer = setTimeout(() => void preload(), CALM_MS)
  return () => {
    isOver = true
    clearTimeout(timer)
  }

  async function preload(): Promise<void> {
    // Who counts their bytes loads what they use.
    const { connection } = navigator as { connection?: { saveData?: boolean } }
    if (connection?.saveData === true) return
    for (const load of SOON) {
      await idle()
      // Some browsers never ask again for a part that could not be fetched once.
      if (isOver || !navigator.onLine) return
      await load().catch(() => undefined)
    }
  }
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has none.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 5_000 })
    else setTimeout(resolve, 50)
  })
}
