import type { OpenList } from '../list/list.ts'
import type { Item } from '../list/types.ts'
import type { Item as ModelItem } from '../model/types.ts'
import type { OpenSource } from './across.ts'
import { mirrorOf } from './mirror.ts'

/** What is on the screen of an open list; null while it has not been read, and when access to it has ended. */
export function openSource(open: OpenList | undefined): OpenSource | null {
  if (open === undefined || !open.replica.isReady || open.replica.access.end !== null) return null
  const { screen, isMe } = open
  const show = (item: ModelItem): Item => screen.item(item.id) ?? { ...item, pending: false }
  return {
    of: screen,
    version: screen.topics.version,
    me: open.list.me.getSnapshot(),
    isMe,
    items: function* () {
      for (const id of screen.view.ids()) {
        const item = screen.view.item(id)
        if (item !== undefined) yield item
      }
    },
    trash: () => screen.view.trash(),
    show,
    mirror: () => mirrorOf(screen.view, show),
  }
}
