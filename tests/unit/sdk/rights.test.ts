import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { canOf } from '../../../client-sdk/src/list/can.ts'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import { ACTIONS, can } from '../../../client-sdk/src/protocol/can.ts'
import { ROLES, type Role } from '../../../client-sdk/src/protocol/messages.ts'
import type { Write } from '../../../client-sdk/src/types.ts'
import { LIST_ID, ME, type Workbench, workbench } from './workbench.ts'

const ANON = 'anon_Ab3dEf6hIj9k'

it('[SDKA-1] can says of every role and setting what the one table says, under names that apps can read', () => {
  for (const role of ROLES) {
    for (const editorsMayShare of [false, true]) {
      const said = Object.values(canOf(role, { editorsMayShare }))
      expect(said, role).toEqual(ACTIONS.map((action) => can(role, action, { editorsMayShare })))
    }
  }
  expect(canOf('admin')).toMatchObject({ resolveComments: true, manageMembers: true, transfer: false })
  expect(Object.values(canOf(null))).not.toContain(true)
  expect(canOf('editor', { editorsMayShare: false })).toBe(canOf('editor', null))
})

it('[SDKA-1] the settings of the list decide what an editor may share, also when they change while it is open', async () => {
  const { list, server, settle } = await workbench()
  await server.run(settle)
  server.welcome({ settings: { editorsMayShare: true } })
  expect(list.can.getSnapshot().share).toBe(true)
  server.welcome({ settings: { editorsMayShare: false } })
  expect(list.can.getSnapshot().share).toBe(false)
})

/** A list with an item that repeats, a comment of this person's and one of Ben's. */
async function furnished(): Promise<Workbench & { item: string; mine: string; theirs: string }> {
  const bench = await workbench()
  const { list, server, settle } = bench
  await server.run(settle)
  const repeat = { due: { date: '2026-12-01' }, repeat: 'FREQ=WEEKLY' }
  const item = list.items.add({ title: 'Bins', ...repeat }).value
  const mine = list.comments.add(item, 'mine').value
  await settle()
  await server.run(settle)
  const theirs = 'comment00001'
  server.write((doc) => doc.getMap('comments').set(theirs, { item, body: 'theirs', by: 'u_ben', at: 1 }))
  return { ...bench, item, mine, theirs }
}

/** What becomes of each thing a person may try: done here, or refused here. */
function tried({
  list,
  item,
  mine,
  theirs,
}: Awaited<ReturnType<typeof furnished>>): Record<string, Write<unknown>> {
  return {
    tick: list.items.toggle(item),
    comment: list.comments.add(item, 'new'),
    'edit own comment': list.comments.edit(mine, 'changed'),
    'remove own comment': list.comments.remove(mine),
    'edit other comment': list.comments.edit(theirs, 'changed'),
    'remove other comment': list.comments.remove(theirs),
    resolve: list.comments.resolve(mine),
    add: list.items.add('new'),
    rename: list.rename('new'),
    notes: list.items.notes(item).replace('new'),
  }
}

const ALLOWED: Partial<Record<Role, readonly string[]>> = {
  viewer: [],
  commenter: ['comment', 'edit own comment', 'remove own comment'],
  checker: ['tick'],
}

for (const role of ['viewer', 'commenter', 'checker', 'editor'] as const) {
  it(`[SDKA-1] a ${role} does here what the server would take from them, and nothing more`, async () => {
    const bench = await furnished()
    bench.server.welcome({ role })
    await bench.settle()
    const outcomes = await Promise.all(
      Object.entries(tried(bench)).map(async ([what, { stored }]) => {
        const outcome = await stored.then(
          () => 'done',
          (error: { code: string }) => error.code,
        )
        return [what, outcome] as const
      }),
    )
    for (const [what, outcome] of outcomes) {
      const isAllowed = ALLOWED[role]?.includes(what) ?? true
      expect(outcome, what).toBe(isAllowed ? 'done' : 'not-allowed')
    }
  })
}

it('[SDKA-1] a checker ticks what repeats and makes nothing: the server brings the next occurrence', async () => {
  const { list, server, settle, item } = await furnished()
  server.welcome({ role: 'checker' })
  list.items.toggle(item)
  expect(list.items.ids().getSnapshot()).toEqual([item])
  await settle()
  await server.run(settle)
  const keys = [...server.doc.getMap('items').keys()]
  expect(keys).toEqual([item, `${item}/done`])
  list.items.toggle([item], false)
  await server.run(settle)
  expect(list.items.item(item).getSnapshot()?.done).toBe(false)
})

it('[SDKA-1] undo needs the right for what it takes back, and waits for it', async () => {
  const { list, server, item } = await furnished()
  list.items.toggle(item)
  server.welcome({ role: 'viewer' })
  await expect(list.undo().confirmed).rejects.toMatchObject({ code: 'not-allowed' })
  expect(list.undoState.getSnapshot().undoLabel).toBe('Tick')
  server.welcome({ role: 'checker' })
  expect(list.items.toggle(item).value).toBeUndefined()
  expect(list.undo().value).toBe(true)
  expect(list.items.item(item).getSnapshot()?.done).toBe(true)
})

it('[SDKA-8] edits carry the author id the device remembers before the server has said anything, and then the one it says', async () => {
  const { list, server, settle } = await workbench({ authorId: ANON })
  expect(list.me.getSnapshot()).toBe(ANON)
  const early = list.items.add('Milk').value
  expect(list.items.item(early).getSnapshot()?.created.by).toBe(ANON)
  await server.run(settle)
  server.welcome({})
  expect(list.me.getSnapshot()).toBe(ME)
  const later = list.items.add('Tea').value
  expect(list.items.item(later).getSnapshot()?.created.by).toBe(ME)
  server.welcome({ authorId: ANON })
  expect(list.me.getSnapshot()).toBe(ANON)
})

it('[SDKA-8] an edit made under an earlier id and refused as forged is not lost: the inbox has it, and a retry makes it under the id of now', async () => {
  const storage = createMemoryStorage()
  const { list, server, settle } = await workbench({ storage })
  await server.run(settle)
  server.drop()
  const id = list.items.add('Milk').value
  list.items.toggle(id)
  await settle()
  server.judge = (update) => (new TextDecoder('latin1').decode(update).includes(ME) ? 'forged-author' : null)
  server.handshake()
  server.welcome({ authorId: ANON })
  await server.run(settle)
  expect(list.items.ids().getSnapshot()).toEqual([])
  expect(list.refused.getSnapshot()).toMatchObject([{ code: 'forged-author' }, { code: 'forged-author' }])
  expect(await (await storage.open(ME)).inbox(LIST_ID)).toHaveLength(2)
  list.refused.retry()
  await settle()
  await server.run(settle)
  expect(list.refused.getSnapshot()).toEqual([])
  const item = list.items.item(id).getSnapshot()
  expect(item).toMatchObject({ title: 'Milk', done: true, pending: false })
  expect([item?.created.by, item?.completed?.by]).toEqual([ANON, ANON])
})

it('[SDKA-8] what this person wrote by name stays theirs when they are not named any more', async () => {
  const bench = await furnished()
  bench.server.welcome({ role: 'commenter', authorId: ANON })
  await bench.list.comments.edit(bench.mine, 'still mine').stored
  await expect(bench.list.comments.edit(bench.theirs, 'not mine').stored).rejects.toMatchObject({
    code: 'not-allowed',
  })
})

it('[SDKA-9][P-21] lowered on the open connection: inputs lock, what may not be saved is in the inbox with its keys, and the rest is saved', async () => {
  const { list, server, settle } = await workbench()
  const item = list.items.add('Bins').value
  await server.run(settle)
  list.items.update(item, { title: 'Mine' })
  list.items.toggle(item)
  const kept = list.items.add('Beer')
  server.welcome({ role: 'checker', changedBy: 'Ann' })
  const lastChange = { role: 'checker', byName: 'Ann' }
  expect(list.access.getSnapshot()).toEqual({ state: 'member', lastChange })
  expect(list.can.getSnapshot()).toMatchObject({ tick: true, edit: false })
  // As the gate does: an update is refused as a whole when one key of it is not the checker's.
  server.refusedKeys = [`items/${item}/title`]
  server.judge = (update) => (/Mine|Beer/.test(new TextDecoder('latin1').decode(update)) ? 'read-only' : null)
  await settle()
  await server.run(settle)
  await expect(kept.confirmed).rejects.toMatchObject({ code: 'update-rejected' })
  const refused = { code: 'read-only', keys: [`items/${item}/title`] }
  expect(list.refused.getSnapshot()).toMatchObject([
    { ...refused, label: 'Edit' },
    { ...refused, label: 'Add' },
  ])
  expect(list.items.ids().getSnapshot()).toEqual([item])
  expect(list.items.item(item).getSnapshot()).toMatchObject({ title: 'Bins', done: true, pending: false })
  expect(server.refusedCodes.length).toBeLessThan(8)
})

it('[SDKA-9][REPAIR-2] lowered while the word that an edit is saved was lost: that edit is saved, and only the others are refused', async () => {
  const { list, server, settle } = await workbench()
  await server.run(settle)
  server.welcome({ role: 'editor' })
  const saved = list.items.add('Milk')
  await settle()
  for (const { update } of server.arrived) Y.applyUpdate(server.doc, update)
  server.drop()
  const late = list.items.add('Beer')
  server.welcome({ role: 'viewer' })
  server.judge = () => 'read-only'
  await server.run(settle)
  await saved.confirmed
  await expect(late.confirmed).rejects.toMatchObject({ code: 'update-rejected' })
  expect(list.refused.getSnapshot().flatMap(({ changes }) => changes)).toMatchObject([{ key: late.value }])
  expect(list.items.ids().getSnapshot()).toEqual([saved.value])
})

it('[SDKA-10][P-21] raised again, nothing that was refused is sent by itself, also after a reload', async () => {
  const storage = createMemoryStorage()
  const bench = await workbench({ storage })
  const { list, server, settle } = bench
  await server.run(settle)
  server.welcome({ role: 'editor' })
  list.items.add('Beer')
  server.welcome({ role: 'viewer', changedBy: 'Ann' })
  server.judge = () => 'read-only'
  await settle()
  await server.run(settle)
  server.judge = () => null
  server.welcome({ role: 'editor', changedBy: null })
  expect(list.access.getSnapshot()).toMatchObject({ lastChange: { role: 'editor', byName: null } })
  await settle()
  server.drop()
  await server.run(settle)
  expect(server.doc.getMap('items').size).toBe(0)
  await bench.open.shut()
  const later = await workbench({ storage, server })
  await server.run(later.settle)
  expect(server.doc.getMap('items').size).toBe(0)
  expect(later.list.refused.getSnapshot()).toMatchObject([{ label: 'Add', code: 'read-only' }])
})

it('[SDKA-1][SDKA-10] a retry makes what the role allows, and leaves the rest where it is kept', async () => {
  const { list, server, settle, item } = await furnished()
  list.items.toggle(item)
  list.items.add('Beer')
  server.welcome({ role: 'viewer' })
  server.judge = () => 'read-only'
  await settle()
  await server.run(settle)
  server.judge = () => null
  expect(list.refused.getSnapshot()).toHaveLength(2)
  await expect(list.refused.retry().confirmed).rejects.toMatchObject({ code: 'not-allowed' })
  expect(list.refused.getSnapshot()).toHaveLength(2)
  server.welcome({ role: 'editor' })
  list.refused.retry([list.refused.getSnapshot()[0]?.id ?? ''])
  await settle()
  await server.run(settle)
  expect(list.items.item(item).getSnapshot()).toMatchObject({ done: true, pending: false })
  expect(list.refused.getSnapshot().map(({ label }) => label)).toEqual(['Add'])
})
