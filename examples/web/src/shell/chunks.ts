import type { ComponentType } from 'react'

interface Chunk<Props> {
  readonly default: ComponentType<Props>
}

/** The parts of the shell that are loaded when they are wanted, and fetched ahead when there is nothing else to do. */
export const chunks = {
  today: () => part(import('../lists/today-page.tsx').then(({ TodayPage }) => TodayPage)),
  assigned: () => part(import('../lists/assigned-page.tsx').then(({ AssignedPage }) => AssignedPage)),
  trash: () => part(import('../lists/trash-page.tsx').then(({ TrashPage }) => TrashPage)),
  search: () => part(import('../lists/search-page.tsx').then(({ SearchPage }) => SearchPage)),
  settings: () => part(import('./settings-page.tsx').then(({ SettingsPage }) => SettingsPage)),
  palette: () => part(import('./palette.tsx').then(({ Palette }) => Palette)),
  help: () => part(import('./help.tsx').then(({ Help }) => Help)),
}

async function part<Props>(component: Promise<ComponentType<Props>>): Promise<Chunk<Props>> {
  return { default: await component }
}
