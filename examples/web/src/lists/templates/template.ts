import type { Content, ContentItem } from '@tandem/client-sdk/exchange'

export type TemplateName = 'groceries' | 'packing' | 'party' | 'chores'

/** Sections with what stands in them; '' is no section. `*` before a title: every week. */
export type Template = readonly (readonly [section: string, titles: readonly string[]])[]
export type Templates = Readonly<Record<TemplateName, Template>>

const PLAIN: Omit<ContentItem, 'title'> = {
  notes: '',
  done: false,
  section: null,
  parent: null,
  labels: [],
  due: null,
  repeat: null,
  remindAt: [],
  priority: 0,
  quantity: null,
  link: null,
  assignees: [],
  extensions: {},
}

export function contentOfTemplate(parts: Template): Content {
  const sections = parts.map(([section]) => section).filter((section) => section !== '')
  const items = parts.flatMap(([section, titles]) =>
    titles.map((title): ContentItem => {
      const isWeekly = title.startsWith('*')
      return {
        ...PLAIN,
        title: isWeekly ? title.slice(1) : title,
        section: section === '' ? null : sections.indexOf(section),
        repeat: isWeekly ? 'FREQ=WEEKLY' : null,
      }
    }),
  )
  return { title: null, icon: null, sections, labels: [], items }
}
