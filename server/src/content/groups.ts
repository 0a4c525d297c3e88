import {
  type Label,
  type ListView,
  planAddLabel,
  planAddSection,
  planMoveSection,
  planRemoveLabel,
  planRemoveSection,
  planRenameSection,
  planRestoreLabel,
  planRestoreSection,
  planUpdateLabel,
  type Section,
} from '@tandem/client-sdk/model'
import type { ListId } from '@tandem/persistence'
import { z } from 'zod'
import { listId } from '../http/schemas.ts'
import type { FromJson } from './from-json.ts'
import { known } from './gone.ts'
import { presentLabel, presentSection } from './present.ts'
import {
  labelAnswer,
  labelPatch,
  newLabelBody,
  newSectionBody,
  recordId,
  sectionAnswer,
  sectionPatch,
  type sectionPlace,
  seq,
} from './schemas.ts'
import type { Draft } from './write.ts'

/** What may be asked of either kind. Each schema is strict: a label never comes with a place, nor a section with a color. */
export interface GroupPatch {
  readonly title?: string | undefined
  readonly place?: z.infer<typeof sectionPlace> | undefined
  readonly color?: string | null | undefined
}

export interface NewGroup extends GroupPatch {
  readonly id?: string | undefined
  readonly title: string
}

/** What items are grouped by, sections or labels: all that is different between the two. */
export interface GroupKind {
  readonly word: 'section' | 'label'
  readonly collection: 'sections' | 'labels'
  readonly params: z.ZodType<{ readonly listId: ListId; readonly id: string }>
  readonly newBody: z.ZodType<NewGroup>
  readonly patch: z.ZodType<GroupPatch>
  readonly answer: z.ZodType<object>
  readonly allAnswer: z.ZodType<object>
  find(view: ListView, id: string): Section | Label | undefined
  show(view: ListView, id: string): object
  showAll(view: ListView): object
  add(draft: Draft, input: FromJson<NewGroup>): void
  change(draft: Draft, id: string, patch: FromJson<GroupPatch>): void
  remove(draft: Draft, id: string): void
  restore(draft: Draft, id: string): void
}

export const SECTIONS: GroupKind = {
  word: 'section',
  collection: 'sections',
  params: z
    .object({ listId, sectionId: recordId })
    .transform(({ sectionId: id, ...rest }) => ({ ...rest, id })),
  newBody: newSectionBody,
  patch: sectionPatch,
  answer: z.object({ seq, section: sectionAnswer }),
  allAnswer: z.object({ seq, sections: z.array(sectionAnswer) }),
  find: (view, id) => view.section(id),
  show: (view, id) => ({ section: presentSection(known(view.section(id))) }),
  showAll: (view) => ({ sections: view.sections().map(presentSection) }),
  add: ({ view, context, add }, input) => void add(planAddSection(view, context, input)),
  change({ view, context, add }, id, { title, place }) {
    if (title !== undefined) add(planRenameSection(view, context, id, title))
    if (place !== undefined) add(planMoveSection(view, context, id, place))
  },
  remove: ({ view, context, add }, id) => add(planRemoveSection(view, context, id)),
  restore: ({ view, context, add }, id) => add(planRestoreSection(view, context, id)),
}

export const LABELS: GroupKind = {
  word: 'label',
  collection: 'labels',
  params: z.object({ listId, labelId: recordId }).transform(({ labelId: id, ...rest }) => ({ ...rest, id })),
  newBody: newLabelBody,
  patch: labelPatch,
  answer: z.object({ seq, label: labelAnswer }),
  allAnswer: z.object({ seq, labels: z.array(labelAnswer) }),
  find: (view, id) => view.label(id),
  show: (view, id) => ({ label: presentLabel(known(view.label(id))) }),
  showAll: (view) => ({ labels: view.labels().map(presentLabel) }),
  add: ({ view, context, add }, input) => void add(planAddLabel(view, context, input)),
  change: ({ view, context, add }, id, patch) => add(planUpdateLabel(view, context, id, patch)),
  remove: ({ view, context, add }, id) => add(planRemoveLabel(view, context, id)),
  restore: ({ view, context, add }, id) => add(planRestoreLabel(view, context, id)),
}
