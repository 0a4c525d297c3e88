import { later } from '../ui/later.tsx'
import type { Route } from './route.ts'

/** The parts of the shell that are loaded when they are wanted: each address needs one of the pages. */
export const SignIn = later(async () => (await import('../session/sign-in.tsx')).SignIn)
export const JoinAsGuest = later(async () => (await import('../join/join-as.tsx')).JoinAsGuest)
export const JoinAsSelf = later(async () => (await import('../join/join-as.tsx')).JoinAsSelf)
export const Overview = later(async () => (await import('../lists/overview.tsx')).Overview)
export const ListPage = later(async () => (await import('../list/list-page.tsx')).ListPage)
export const TodayPage = later(async () => (await import('../lists/today-page.tsx')).TodayPage)
export const AssignedPage = later(async () => (await import('../lists/assigned-page.tsx')).AssignedPage)
export const TrashPage = later(async () => (await import('../lists/trash-page.tsx')).TrashPage)
export const SearchPage = later(async () => (await import('../lists/search-page.tsx')).SearchPage)
export const SettingsPage = later(async () => (await import('./settings-page.tsx')).SettingsPage)
export const UnknownPage = later(async () => (await import('./unknown-page.tsx')).UnknownPage)
export const Palette = later(async () => (await import('./palette.tsx')).Palette)
export const Help = later(async () => (await import('./help.tsx')).Help)

const PAGES = {
  lists: Overview,
  list: ListPage,
  today: TodayPage,
  assigned: AssignedPage,
  trash: TrashPage,
  search: SearchPage,
  settings: SettingsPage,
  join: JoinAsSelf,
  unknown: UnknownPage,
} satisfies Record<Route['page'], { load(): Promise<void> }>

/** Asks for the code of a page before anything else, so that it is there when it is known who is here. */
export function loadPage({ page }: Route): void {
  // Drawing the page asks again, and says what is wrong.
  PAGES[page].load().catch(() => undefined)
}
