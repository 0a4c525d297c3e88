import type { Action } from '@tandem/client-sdk/protocol'
import type { Edit } from './tries.ts'
import { COMMENT, ITEM } from './world.ts'

/** The changes of a document that each right is about. */
export const EDITS = {
  comment: {
    'makes a comment': put('comments', 'comment-new', (by) => ({
      by,
      at: 2,
      item: ITEM,
      body: 'The green one',
    })),
  },
  tick: { 'ticks an item': field('items', `${ITEM}/done`, true) },
  edit: {
    'adds an item': put('items', 'item-000002', (by) => ({ by, at: 2, title: 'Eggs', order: 'a1' })),
    'renames an item': field('items', `${ITEM}/title`, 'Oat milk'),
    'removes an item': field('items', `${ITEM}/deleted`, true),
    'assigns an item': field('items', `${ITEM}/assignee/mate`, true),
    'adds a section': put('sections', 'section-new', (by) => ({ by, at: 2, title: 'Dairy', order: 'a0' })),
    'adds a label': put('labels', 'label-new', (by) => ({ by, at: 2, title: 'Soon' })),
    'renames the list': field('list', 'title', 'Mine now'),
    'rewords a comment of somebody else': field('comments', `${COMMENT}/body`, 'Any'),
    'writes notes': {
      make: (doc) => doc.getText(`note:${ITEM}`).insert(0, 'two bottles'),
      isThere: (doc) => doc.getText(`note:${ITEM}`).length > 0,
    },
  },
  'resolve-comments': { 'settles a comment': field('comments', `${COMMENT}/resolved`, true) },
} as const satisfies Partial<Record<Action, Readonly<Record<string, Edit>>>>

function put(root: string, key: string, value: (by: string) => unknown): Edit {
  return {
    make: (doc, by) => void doc.getMap(root).set(key, value(by)),
    isThere: (doc) => doc.getMap(root).has(key),
  }
}

function field(root: string, key: string, value: unknown): Edit {
  return {
    make: (doc, by) => void doc.getMap(root).set(key, [value, by, 2]),
    isThere(doc, by) {
      const stored = doc.getMap(root).get(key)
      return Array.isArray(stored) && stored[0] === value && stored[1] === by
    },
  }
}
