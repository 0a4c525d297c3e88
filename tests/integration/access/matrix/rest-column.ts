import * as Y from 'yjs'
import { ask } from '../../http/ask.ts'
import { EDITS } from './edits.ts'
import type { Column, Edit, Outcome, Try } from './tries.ts'
import { CONTENT, ITEM, MATE, NEWCOMER, ownerOf, type Seat, storedDocument, type World } from './world.ts'

/** A request under `/api/v1/lists/:listId`. */
interface Request {
  readonly method: string
  readonly path?: string
  readonly json?: unknown
}

const LATER = 'item-000009'

/** Programs that know the addresses. What has no address of its own goes by the exchange of updates. */
export const REST: Column = {
  read: {
    'reads the list': { attempt: asks({ method: 'GET' }) },
    'reads its changes': { attempt: asks({ method: 'GET', path: '/changes?since_seq=0' }) },
    'reads its history': { attempt: asks({ method: 'GET', path: '/history' }) },
    'reads its members': { attempt: asks({ method: 'GET', path: '/members' }) },
  },
  comment: exchanges(EDITS.comment),
  tick: {
    ...exchanges(EDITS.tick),
    'ticks by PATCH': {
      attempt: asks({ method: 'PATCH', path: `/items/${ITEM}`, json: { done: true } }),
      trace: written('items', `${ITEM}/done`, true),
    },
  },
  edit: {
    ...exchanges(EDITS.edit),
    'adds an item by POST': {
      attempt: asks({ method: 'POST', path: '/items', json: { id: LATER, title: 'Bread' } }),
      trace: async (world, { listId }) => (await storedDocument(world, listId)).getMap('items').has(LATER),
    },
    'renames an item by PATCH': {
      attempt: asks({ method: 'PATCH', path: `/items/${ITEM}`, json: { title: 'Rye' } }),
      trace: written('items', `${ITEM}/title`, 'Rye'),
    },
    'ticks and renames by one PATCH': {
      attempt: asks({ method: 'PATCH', path: `/items/${ITEM}`, json: { done: true, title: 'Rye' } }),
      trace: written('items', `${ITEM}/title`, 'Rye'),
    },
    'removes an item by DELETE': {
      attempt: asks({ method: 'DELETE', path: `/items/${ITEM}` }),
      trace: written('items', `${ITEM}/deleted`, true),
    },
    'adds a section by POST': {
      attempt: asks({ method: 'POST', path: '/sections', json: { title: 'Dairy' } }),
      trace: async (world, { listId }) => (await storedDocument(world, listId)).getMap('sections').size > 0,
    },
    'adds a label by POST': {
      attempt: asks({ method: 'POST', path: '/labels', json: { title: 'Soon' } }),
      trace: async (world, { listId }) => (await storedDocument(world, listId)).getMap('labels').size > 0,
    },
    'renames the list by PATCH': {
      attempt: asks({ method: 'PATCH', json: { title: 'Mine now' } }),
      trace: written('list', 'title', 'Mine now'),
    },
  },
  'resolve-comments': exchanges(EDITS['resolve-comments']),
  share: {
    'invites somebody': {
      attempt: asks({ method: 'POST', path: '/invitations', json: { userId: NEWCOMER, role: 'viewer' } }),
      trace: (world, seat) => isMember(world, seat, NEWCOMER),
    },
    'makes a link': {
      attempt: asks({ method: 'POST', path: '/links', json: { role: 'viewer' } }),
      trace: async ({ storage }, { listId, userId }) =>
        (await storage.links.of(listId)).some(({ createdBy }) => createdBy === userId),
    },
    'lets somebody in by the member list': {
      attempt: asks({ method: 'PUT', path: `/members/${NEWCOMER}`, json: { role: 'viewer' } }),
      trace: (world, seat) => isMember(world, seat, NEWCOMER),
    },
  },
  'manage-members': {
    'changes a role': {
      attempt: asks({ method: 'PUT', path: `/members/${MATE}`, json: { role: 'commenter' } }),
      trace: async ({ storage }, { listId }) =>
        (await storage.directory.find(listId, MATE))?.role === 'commenter',
    },
    'removes a member': {
      attempt: asks({ method: 'DELETE', path: `/members/${MATE}` }),
      trace: async (world, seat) => !(await isMember(world, seat, MATE)),
    },
    'raises themselves': {
      attempt: (world, seat) =>
        asks({ method: 'PUT', path: `/members/${seat.userId}`, json: { role: 'admin' } })(world, seat),
      trace: async ({ storage }, { listId, userId }) =>
        (await storage.directory.find(listId, userId))?.role === 'admin',
    },
  },
  'change-settings': {
    'changes who may share': {
      attempt: (world, seat) =>
        asks({ method: 'PATCH', path: '/settings', json: { editorsMayShare: !seat.editorsMayShare } })(
          world,
          seat,
        ),
      trace: async ({ storage }, { listId, editorsMayShare }) =>
        (await storage.directory.find(listId, MATE))?.editorsMayShare === !editorsMayShare,
    },
  },
  'delete-list': {
    'deletes the list': {
      attempt: asks({ method: 'DELETE' }),
      trace: async ({ storage }, { listId }) => (await storage.directory.find(listId, MATE)) === null,
    },
  },
  transfer: {
    'hands the list over': {
      attempt: asks({ method: 'POST', path: '/transfer', json: { userId: MATE } }),
      trace: async (world, seat) => (await ownerOf(world, seat)) === MATE,
    },
  },
  leave: {
    leaves: {
      attempt: asks({ method: 'POST', path: '/leave', json: {} }),
      trace: async ({ storage }, { listId, userId }) =>
        (await storage.grants.ended(listId, userId))?.why === 'left',
    },
  },
}

/** What a request is answered with that is not allowed; anything else but success is a fault of the test. */
const REFUSALS: readonly number[] = [403, 404, 409]

function asks({ method, path = '', json }: Request) {
  return async ({ server }: World, { listId, token }: Seat): Promise<Outcome> => {
    const body = json === undefined ? {} : { json }
    const answer = await ask(`${server.url}/api/v1/lists/${listId}${path}`, { method, token, ...body })
    if (answer.status < 300) return 'done'
    if (!REFUSALS.includes(answer.status))
      throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    return 'refused'
  }
}

/** The exchange that stands in for a socket. */
function exchanges(edits: Readonly<Record<string, Edit>>): Readonly<Record<string, Try>> {
  return Object.fromEntries(
    Object.entries(edits).map(([name, edit]) => [
      `${name} by exchange`,
      {
        attempt: (world, seat) => exchange(world, seat, edit),
        trace: async (world, seat) => edit.isThere(await storedDocument(world, seat.listId), seat.userId),
      } satisfies Try,
    ]),
  )
}

async function exchange({ server }: World, { listId, token, userId }: Seat, edit: Edit): Promise<Outcome> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, CONTENT)
  const before = Y.encodeStateVector(doc)
  doc.transact(() => edit.make(doc, userId))
  const json = { stateVector: base64(before), update: base64(Y.encodeStateAsUpdate(doc, before)) }
  const answer = await ask(`${server.url}/api/v1/lists/${listId}/sync`, { json, token })
  if (REFUSALS.includes(answer.status)) return 'refused'
  if (answer.status !== 200) throw new Error(`sync: ${answer.status} ${answer.text}`)
  return (answer.body as { refusal: unknown }).refusal === null ? 'done' : 'refused'
}

function written(root: string, key: string, value: unknown) {
  return async (world: World, { listId, userId }: Seat): Promise<boolean> => {
    const stored = (await storedDocument(world, listId)).getMap(root).get(key)
    return Array.isArray(stored) && stored[0] === value && stored[1] === userId
  }
}

async function isMember({ storage }: World, { listId }: Seat, userId: string): Promise<boolean> {
  return (await storage.grants.members(listId)).some((member) => member.userId === userId)
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
