import { type MouseEvent, useSyncExternalStore } from 'react'

export type Route =
  | { readonly page: 'lists' }
  | { readonly page: 'list'; readonly id: string }
  /** Somebody came by a share link. */
  | { readonly page: 'join' }

const listeners = new Set<() => void>()

export function pathOf(route: Route): string {
  if (route.page === 'list') return `/l/${route.id}`
  return route.page === 'join' ? '/join' : '/'
}

export function routeOf(path: string): Route {
  if (path === '/join') return { page: 'join' }
  const id = /^\/l\/([0-9a-f-]{36})$/.exec(path)?.[1]
  return id === undefined ? { page: 'lists' } : { page: 'list', id }
}

export function go(route: Route): void {
  // A link that has been used is no place to go back to.
  const isOver = location.pathname === '/join'
  history[isOver ? 'replaceState' : 'pushState'](null, '', pathOf(route))
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
  return routeOf(useSyncExternalStore(subscribe, () => location.pathname))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('popstate', listener)
  }
}
