import type { ListInfo } from '@tandem/client-sdk'

export interface Folder {
  readonly name: string
  readonly lists: readonly ListInfo[]
}

/** The lists as this person keeps them: what is pinned, then folders, then the rest; each by title. */
export interface Arranged {
  readonly pinned: readonly ListInfo[]
  readonly folders: readonly Folder[]
  readonly others: readonly ListInfo[]
}

export function arrange(lists: readonly ListInfo[]): Arranged {
  const sorted = [...lists].sort((a, b) => a.title.localeCompare(b.title, undefined, { numeric: true }))
  const loose = sorted.filter(({ mine }) => !mine.pinned)
  const folders = foldersOf(lists).map((name) => ({
    name,
    lists: loose.filter(({ mine }) => mine.folder === name),
  }))
  return {
    pinned: sorted.filter(({ mine }) => mine.pinned),
    folders: folders.filter((folder) => folder.lists.length > 0),
    others: loose.filter(({ mine }) => mine.folder === null),
  }
}

/** All names, also of folders whose lists are pinned: somebody who chooses one wants to find it. */
export function foldersOf(lists: readonly ListInfo[]): string[] {
  const names = new Set(lists.flatMap(({ mine }) => mine.folder ?? []))
  return [...names].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }))
}
