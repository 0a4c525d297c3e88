import { Menu, Search, X } from 'lucide-react'
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Sidebar } from '../lists/sidebar.tsx'
import { OverallStatus } from '../state/overall-status.tsx'
import { spelled } from '../ui/keys.tsx'
import { Toasts } from '../ui/toasts.tsx'
import { useMedia, WIDE } from '../ui/use-media.ts'
import { useWords } from '../words/use-words.ts'
import { follow, placeOf, useRoute } from './route.ts'
import { openPalette } from './windows.ts'
import './layout.css'

interface Props {
  /** Said above every page. */
  readonly banners: ReactNode
  readonly children: ReactNode
}

/**
 * The frame around every page: lists at the side where there is room, behind a button where there is none. The document scrolls, not a
 * part of it: phones hide their bars then, and Back finds its place.
 */
export function Layout({ banners, children }: Props) {
  const words = useWords().shell
  const route = useRoute()
  const isWide = useMedia(WIDE)
  const drawer = useDrawer(placeOf(route))
  const isCovered = drawer.isOpen && !isWide
  // These say it beside their title; one state is enough on a page.
  const status = route.page === 'list' || route.page === 'lists' ? null : <OverallStatus />

  return (
    <div className="shell" data-drawer={isCovered ? 'open' : 'closed'}>
      {/* biome-ignore lint/a11y/useValidAnchor: it goes where it says, without a step in the history */}
      <a
        className="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('content')?.focus()
        }}
      >
        {words.skip}
      </a>
      {!isWide && (
        <header className="topbar" inert={isCovered}>
          <button
            ref={drawer.button}
            type="button"
            className="quiet icon"
            aria-label={words.openSidebar}
            aria-expanded={drawer.isOpen}
            onClick={drawer.open}
          >
            <Menu aria-hidden />
          </button>
          <span className="grow" />
          {status}
          <PaletteButton words={words.palette} />
        </header>
      )}
      {/* Beside the drawer; keys and screen readers have its close button and Escape. */}
      {isCovered && <div className="scrim" aria-hidden onPointerDown={drawer.close} />}
      <section ref={drawer.panel} className="side" aria-label={words.sidebar}>
        <div className="brand">
          <a {...follow({ page: 'lists' })}>
            <img src="/icon.svg" alt="" width="24" height="24" />
            Tandem
          </a>
          {isWide && <PaletteButton words={words.palette} hasKeys />}
          {!isWide && (
            <button
              type="button"
              className="quiet icon"
              aria-label={words.closeSidebar}
              onClick={drawer.close}
            >
              <X aria-hidden />
            </button>
          )}
        </div>
        <Sidebar />
        {isWide && status}
      </section>
      <div className="column" inert={isCovered}>
        {banners}
        {children}
      </div>
      <Toasts />
    </div>
  )
}

/** With its keys where there is a keyboard: whoever has read them needs the button no more. */
function PaletteButton({ words, hasKeys = false }: { words: string; hasKeys?: boolean }) {
  return (
    <button type="button" className={hasKeys ? 'quiet' : 'quiet icon'} title={words} onClick={openPalette}>
      <span className="only-read">{words}</span>
      {hasKeys ? <kbd>{spelled('$mod+K')}</kbd> : <Search aria-hidden />}
    </button>
  )
}

/** The sidebar of narrow windows: takes focus, gives it back, and closes on Escape and when a page was chosen in it. */
function useDrawer(place: string) {
  const [openAt, setOpenAt] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLElement>(null)
  // Chosen in it and gone to: it has done its work.
  const isOpen = openAt === place

  const close = (): void => {
    // The button is inert until the drawer is drawn as closed.
    flushSync(() => setOpenAt(null))
    button.current?.focus()
  }
  const onEscape = useEffectEvent(close)
  useEffect(() => {
    if (!isOpen) return
    panel.current?.querySelector<HTMLElement>('a, button')?.focus()
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      onEscape()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [isOpen])
  return { isOpen, button, panel, open: () => setOpenAt(place), close }
}
