import { type MouseEvent, useSyncExternalStore } from 'react'

export type Route = { readonly page: 'lists' } | { readonly page: 'list'; readonly id: string }

const listeners = new Set<() => void>()

export function pathOf(route: Route): string {
  return route.page === 'list' ? `/l/${route.id}` : '/'
}

export function routeOf(path: string): Route {
  const id = /^\/l\/([0-9a-f-]{36})$/.exec(path)?.[1]
  return id === undefined ? { page: 'lists' } : { page: 'list', id }
}

export function go(route: Route): void {
  history.pushState(null, '', pathOf(route))
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
