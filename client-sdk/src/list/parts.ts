import {
  planAddComment,
  planEditComment,
  planRemoveComment,
  planResolveComment,
} from '../model/plan-comments.ts'
import { planAddLabel, planRemoveLabel, planUpdateLabel } from '../model/plan-labels.ts'
import {
  planAddSection,
  planMoveSection,
  planRemoveSection,
  planRenameSection,
} from '../model/plan-sections.ts'
import type { Id, Readable } from '../types.ts'
import type { Desk, Task } from './desk.ts'
import { remembered } from './items.ts'
import type { Right } from './rights.ts'
import { type Screen, sameElements } from './screen.ts'
import type { Comment, Comments, Label, Labels, Section, Sections } from './types.ts'

const NONE: readonly never[] = Object.freeze([])

const doer = (desk: Desk, right: Right) => {
  return <T>(label: string, empty: T, plan: Task<T>['plan']) => desk.do({ label, right, empty, plan })
}

export function createSections(desk: Desk, screen: Screen): Sections {
  const edit = doer(desk, 'edit')
  return {
    ...screen.readable<readonly Section[]>(['sections'], () => screen.view.sections(), NONE, sameElements),
    add: (title, place) => {
      const input = place === undefined ? { title } : { title, place }
      return edit('Add section', '', (list, context) => planAddSection(list, context, input))
    },
    rename: (id, title) => {
      return edit('Rename section', undefined, (list, context) => planRenameSection(list, context, id, title))
    },
    move: (id, to) => {
      return edit('Move section', undefined, (list, context) => planMoveSection(list, context, id, to))
    },
    remove: (id) =>
      edit('Delete section', undefined, (list, context) => planRemoveSection(list, context, id)),
  }
}

export function createLabels(desk: Desk, screen: Screen): Labels {
  const edit = doer(desk, 'edit')
  return {
    ...screen.readable<readonly Label[]>(['labels'], () => screen.view.labels(), NONE, sameElements),
    add: (title, color = null) => {
      return edit('Add label', '', (list, context) => planAddLabel(list, context, { title, color }))
    },
    update: (id, patch) => {
      return edit('Edit label', undefined, (list, context) => planUpdateLabel(list, context, id, patch))
    },
    remove: (id) => edit('Delete label', undefined, (list, context) => planRemoveLabel(list, context, id)),
  }
}

export function createComments(desk: Desk, screen: Screen): Comments {
  const resolve = doer(desk, 'resolve')
  const change = (id: Id, label: string, plan: Task<void>['plan']) => {
    const owner: Task<void>['owner'] = (list) => list.comment(id)?.created.by
    return desk.do({ label, right: 'comment', owner, empty: undefined, plan })
  }
  const byItem = new Map<Id, Readable<readonly Comment[]>>()
  return {
    on: (itemId) => {
      return remembered(byItem, itemId, () =>
        screen.readable<readonly Comment[]>(
          [`comments ${itemId}`],
          () => Object.freeze(screen.view.comments(itemId).map((one) => screen.comment(one))),
          NONE,
          sameElements,
        ),
      )
    },
    add: (item, body) => {
      const plan: Task<Id>['plan'] = (list, context) => planAddComment(list, context, { item, body })
      return desk.do({ label: 'Comment', right: 'comment', empty: '', plan })
    },
    edit: (id, body) => {
      return change(id, 'Edit comment', (list, context) => planEditComment(list, context, id, body))
    },
    resolve: (id, resolved = true) => {
      return resolve('Resolve comment', undefined, (list, context) => {
        return planResolveComment(list, context, id, resolved)
      })
    },
    remove: (id) => {
      return change(id, 'Delete comment', (list, context) => planRemoveComment(list, context, id))
    },
  }
}
