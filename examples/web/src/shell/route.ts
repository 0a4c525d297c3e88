import { type MouseEvent, useSyncExternalStore } from 'react'
import { enterPlace } from './places.ts'

export type Route =
  /** The overview of all lists. */
  | { readonly page: 'lists' }
  /** A list, with the detail of one of its items beside or over it. */
  | { readonly page: 'list'; readonly id: string; readonly item?: string }
  | { readonly page: 'today' }
  | { readonly page: 'assigned' }
  | { readonly page: 'trash' }
  | { readonly page: 'search'; readonly text: string }
  | { readonly page: 'settings' }
  /** Somebody came by a share link. */
  | { readonly page: 'join' }
  | { readonly page: 'unknown'; readonly path: string }

/** Pages whose address is their name. */
const PLAIN = ['today', 'assigned', 'trash', 'settings', 'join'] as const
const LIST = /^\/l\/([0-9a-f-]{36})(?:\/i\/([\w-]{1,64}))?$/

const listeners = new Set<() => void>()

export function pathOf(route: Route): string {
  switch (route.page) {
    case 'lists':
      return '/'
    case 'list':
      return route.item === undefined ? `/l/${route.id}` : `/l/${route.id}/i/${route.item}`
    case 'search':
      return route.text === '' ? '/search' : `/search?q=${encodeURIComponent(route.text)}`
    case 'unknown':
      return route.path
    default:
      return `/${route.page}`
  }
}

/** What an address means: `/search?q=milk` as well as `/l/…`. */
export function routeOf(address: string): Route {
  const { pathname, searchParams } = new URL(`https://tandem.invalid${address}`)
  const path = pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname
  if (path === '/' || path === '/index.html') return { page: 'lists' }
  if (path === '/search') return { page: 'search', text: searchParams.get('q') ?? '' }
  const plain = PLAIN.find((page) => path === `/${page}`)
  if (plain !== undefined) return { page: plain }
  const [, id, item] = LIST.exec(path) ?? []
  if (id === undefined) return { page: 'unknown', path }
  return item === undefined ? { page: 'list', id } : { page: 'list', id, item }
}

/** Two routes of one place are one page: it stays, with its scroll and focus. A list keeps its place when a detail opens in it. */
export function placeOf(route: Route): string {
  return route.page === 'list' ? `list ${route.id}` : route.page
}

/** `replace`: the address before is no place to go back to. */
export function go(route: Route, { replace = false } = {}): void {
  const before = routeOf(addressNow())
  // Neither is a link that has been used.
  const isOver = replace || before.page === 'join'
  enterPlace({ path: pathOf(route), isOver, isSamePlace: placeOf(before) === placeOf(route) })
  for (const listener of listeners) listener()
}

/** For links: real addresses, followed without a reload. */
export function follow(route: Route) {
  return {
    href: pathOf(route),
    onClick: (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      go(route)
    },
  }
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, addressNow))
}

export function addressNow(): string {
  return location.pathname + location.search
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('popstate', listener)
  }
}
