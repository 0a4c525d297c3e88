import { can, ROLES, type Role } from '@tandem/client-sdk/protocol'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../server/src/gate/verdict.ts'
import {
  actorWith,
  ada,
  bob,
  codeOf,
  contentOf,
  Device,
  id,
  item,
  keysOf,
  register,
  Server,
} from './support.ts'

const MILK = id('milk')

/** A list with an item, a trashed item, a label, a section and a comment of each of two people. */
function shared(): Server {
  const server = new Server()
  for (const actor of [ada, bob]) {
    const device = new Device(actor)
    server.sync(device)
    if (actor === ada) {
      device.addItem('milk', 'Milk')
      device.addItem('eggs', 'Eggs')
      device.set('eggs', 'deleted', true)
      device.notes('milk').insert(0, 'two bottles')
      device.put('sections', id('dairy'), { by: 'u_ada', at: 1, title: 'Dairy', order: 'a0' })
      device.put('labels', id('soon'), { by: 'u_ada', at: 1, title: 'Soon' })
    }
    device.put('comments', id(`of-${actor.userId}`), comment(actor.userId))
    expect(codeOf(server.sync(device))).toBe('accepted')
  }
  return server
}

function comment(by: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { by, at: 1_700_000_000_000, item: MILK, body: 'Which one?', ...more }
}

/** What the gate says to one edit by somebody of this role who is in sync with the list. */
function attempt(role: Role, edit: (device: Device) => void, o: { server?: Server; actor?: Actor } = {}) {
  const server = o.server ?? shared()
  const actor = o.actor ?? actorWith(role)
  const device = new Device(actor)
  server.sync(device)
  edit(device)
  const before = JSON.stringify(contentOf(server.doc))
  const verdict = server.take(device.takeUnsent(), actor)
  return { verdict, isUnchanged: JSON.stringify(contentOf(server.doc)) === before }
}

const TICKS: Record<string, (device: Device) => void> = {
  'ticks an item': (device) => device.set('milk', 'done', true),
  'ticks what is in the trash by now': (device) => device.set('eggs', 'done', true),
}

const OWN_COMMENTS: Record<string, (device: Device) => void> = {
  'makes a comment': (device) => device.put('comments', id('new'), comment('u_ada')),
  'makes a comment that is not settled': (device) =>
    device.put('comments', id('new'), comment('u_ada', { resolved: false })),
  'rewords a comment of their own': (device) =>
    device.put('comments', `${id('of-u_ada')}/body`, register('The green one')),
  'removes a comment of their own': (device) =>
    device.put('comments', `${id('of-u_ada')}/deleted`, register(true)),
  'makes and rewords one at once, the second part first': (device) => {
    device.doc.transact(() => {
      device.put('comments', `${id('new')}/body`, register('Or the red one'))
      device.put('comments', id('new'), comment('u_ada'))
    })
  },
}

const EDITS: Record<string, (device: Device) => void> = {
  'adds an item': (device) => device.addItem('bread'),
  'renames an item': (device) => device.set('milk', 'title', 'Oat milk'),
  'moves an item': (device) => device.set('milk', 'order', 'a5'),
  'removes an item': (device) => device.set('milk', 'deleted', true),
  'restores an item': (device) => device.set('eggs', 'deleted', false),
  'purges an item': (device) => {
    device.remove('items', id('eggs'))
    device.remove('items', `${id('eggs')}/deleted`)
  },
  'writes over a creation record': (device) => device.put('items', MILK, item('Mine')),
  'labels an item': (device) => device.put('items', `${MILK}/label/${id('soon')}`, register(true)),
  'assigns an item': (device) => device.put('items', `${MILK}/assignee/u_bob`, register(true)),
  'writes notes': (device) => device.notes('milk').insert(0, 'not '),
  'removes text from notes': (device) => device.notes('milk').delete(0, 3),
  'writes an extension field': (device) => device.set('milk', 'x-aisle', 7),
  'adds a section': (device) =>
    device.put('sections', id('bakery'), { by: 'u_ada', at: 1, title: 'Bakery', order: 'a1' }),
  'renames a section': (device) => device.put('sections', `${id('dairy')}/title`, register('Cold')),
  'adds a label': (device) => device.put('labels', id('later'), { by: 'u_ada', at: 1, title: 'Later' }),
  'recolours a label': (device) => device.put('labels', `${id('soon')}/color`, register('red')),
  'renames the list': (device) => device.put('list', 'title', register('Mine now')),
  'says "done" where no item is': (device) => device.put('sections', `${id('dairy')}/done`, register(true)),
}

const OTHERS_COMMENTS: Record<string, (device: Device) => void> = {
  'rewords a comment of somebody else': (device) =>
    device.put('comments', `${id('of-u_bob')}/body`, register('I was wrong')),
  'removes a comment of somebody else': (device) =>
    device.put('comments', `${id('of-u_bob')}/deleted`, register(true)),
  'takes away the key of a comment of somebody else': (device) => device.remove('comments', id('of-u_bob')),
  'takes over the record of somebody else': (device) => {
    device.doc.transact(() => {
      device.remove('comments', id('of-u_bob'))
      device.put('comments', id('of-u_bob'), comment('u_ada'))
    })
  },
  'settles a comment of somebody else': (device) =>
    device.put('comments', `${id('of-u_bob')}/resolved`, register(true)),
  'settles a comment of their own': (device) =>
    device.put('comments', `${id('of-u_ada')}/resolved`, register(true)),
  'makes a comment that is settled from the start': (device) =>
    device.put('comments', id('new'), comment('u_ada', { resolved: true })),
  'prepares a field of a comment that is not there': (device) =>
    device.put('comments', `${id('to-come')}/body`, register('Ha')),
}

describe.each(ROLES)('a %s', (role) => {
  const may = (action: Parameters<typeof can>[1]) => can(role, action)

  it.each(Object.entries(TICKS))(`[ROLE-3][GATE-9][P-14] %s: ${may('tick')}`, (_, edit) => {
    expect(codeOf(attempt(role, edit).verdict)).toBe(may('tick') ? 'accepted' : 'read-only')
  })

  it.each(Object.entries(OWN_COMMENTS))(`[ROLE-2][GATE-9][P-04] %s: ${may('comment')}`, (_, edit) => {
    expect(codeOf(attempt(role, edit).verdict)).toBe(may('comment') ? 'accepted' : 'read-only')
  })

  it.each(Object.entries({ ...EDITS, ...OTHERS_COMMENTS }))(
    `[ROLE-1][GATE-9][P-01][P-06] %s: ${may('edit')}`,
    (_, edit) => {
      const { verdict, isUnchanged } = attempt(role, edit)
      if (may('edit')) expect(codeOf(verdict)).not.toBe('read-only')
      else expect([codeOf(verdict), isUnchanged]).toEqual(['read-only', true])
    },
  )

  it('[GATE-9][GATE-11] may come back with everything the list knows', () => {
    const server = shared()
    const device = new Device(ada)
    server.sync(device)
    expect(codeOf(server.judge(device.answerTo(server.doc), actorWith(role)))).toBe('nothing-new')
  })
})

describe('refusals', () => {
  it('[ROLE-5][P-14] one forbidden place refuses the whole update, and is named', () => {
    const { verdict } = attempt('commenter', (device) => {
      device.put('comments', id('new'), comment('u_ada'))
      device.set('milk', 'done', true)
      device.set('milk', 'title', 'Oat milk')
    })
    expect([codeOf(verdict), ...keysOf(verdict)]).toEqual([
      'read-only',
      `items/${MILK}/done`,
      `items/${MILK}/title`,
    ])
  })

  it('[ROLE-5] each role is told what it may do instead', () => {
    const messages = (['viewer', 'commenter', 'checker'] as const).map((role) => {
      const { verdict } = attempt(role, (device) => device.addItem('bread'))
      return verdict.verdict === 'refused' ? verdict.refusal.message : null
    })
    expect(new Set(messages).size).toBe(3)
    expect(messages[1]).toContain('comments')
    expect(messages[2]).toContain('ticking')
  })

  it('[ROLE-2][ANON-2] comments from before somebody asked not to be named are still theirs', () => {
    const actor: Actor = { userId: 'u_ada', authorId: 'anon_000000000001', role: 'commenter' }
    const reword = (device: Device) =>
      device.put('comments', `${id('of-u_ada')}/body`, register('Never mind', actor.authorId))
    expect(codeOf(attempt('commenter', reword, { actor }).verdict)).toBe('accepted')
  })

  it('[ANON-2][GATE-6] who is not to be named writes under the id that stands for them, and under no other', () => {
    const actor: Actor = { userId: 'u_ada', authorId: 'anon_000000000001', role: 'editor' }
    const write = (by: string) =>
      codeOf(
        attempt('editor', (device) => device.put('items', `${MILK}/done`, register(true, by)), { actor })
          .verdict,
      )
    expect(write('u_ada')).toBe('forged-author')
    expect(write('anon_000000000001')).toBe('accepted')
  })

  it('[ROLE-2][GATE-6] into a damaged list nobody but editors brings back what others wrote', () => {
    const server = shared()
    const forge = (device: Device) => device.put('comments', id('new'), comment('u_bob'))
    for (const [role, code] of [
      ['commenter', 'forged-author'],
      ['editor', 'accepted'],
    ] as const) {
      const device = new Device(actorWith(role))
      server.sync(device)
      forge(device)
      expect(codeOf(server.judge(device.takeUnsent(), actorWith(role), { damaged: true }))).toBe(code)
    }
  })

  it('[ROLE-2] a comment under the name of an occurrence is not taken over by one that has not seen it', () => {
    const server = shared()
    const name = `${id('series')}~2025-01-01`
    const early = new Device(actorWith('commenter'))
    server.sync(early)
    const device = new Device(bob)
    server.sync(device)
    device.put('comments', name, comment('u_bob'))
    expect(codeOf(server.sync(device))).toBe('accepted')
    early.put('comments', name, comment('u_ada'))
    expect(codeOf(server.take(early.takeUnsent(), actorWith('commenter')))).toBe('read-only')
  })
})
