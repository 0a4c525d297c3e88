import type { Item, Label, ListView, Section, Stamp } from '@tandem/client-sdk/model'
import type { z } from 'zod'
import type { itemAnswer, labelAnswer, sectionAnswer } from './schemas.ts'

type ItemJson = z.infer<typeof itemAnswer>
type SectionJson = z.infer<typeof sectionAnswer>
type LabelJson = z.infer<typeof labelAnswer>

interface ContentJson {
  readonly icon: string | null
  readonly items: ItemJson[]
  readonly sections: SectionJson[]
  readonly labels: LabelJson[]
}

/** Everything that is not in the trash, in the list's own order. */
export function presentContent(view: ListView): ContentJson {
  const items = view.ids().flatMap((id) => view.item(id) ?? [])
  return {
    icon: view.list().icon,
    items: items.map(presentItem),
    sections: view.sections().map(presentSection),
    labels: view.labels().map(presentLabel),
  }
}

export function presentItem(item: Item): ItemJson {
  const { due, remindAt, assignees, labels, created, changed, completed, deleted, extensions } = item
  return {
    ...item,
    due: due === null ? null : { ...due },
    remindAt: [...remindAt],
    assignees: [...assignees],
    labels: [...labels],
    created: presentStamp(created),
    changed: presentStamp(changed),
    completed: completed && presentStamp(completed),
    deleted: deleted && presentStamp(deleted),
    extensions: { ...extensions },
  }
}

export function presentSection(section: Section): SectionJson {
  return { ...section, ...presentLife(section) }
}

export function presentLabel(label: Label): LabelJson {
  return { ...label, ...presentLife(label) }
}

function presentLife({ created, deleted }: { readonly created: Stamp; readonly deleted: Stamp | null }) {
  return { created: presentStamp(created), deleted: deleted && presentStamp(deleted) }
}

/** The calendar of JavaScript, and of RFC 3339, ends before numbers do. */
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

function presentStamp({ by, at }: Stamp): { by: string; at: string } {
  return { by, at: new Date(Math.min(Math.max(at, 0), LAST_MOMENT)).toISOString() }
}
