import type { CDPSession, Locator, Page } from 'playwright-core'
import { type Client, createClient, type List } from '../../client-sdk/src/index.ts'
import { giveRole, guest } from '../support/people.ts'
import type { RunningServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import type { Person } from './app.ts'

/** Somebody who edits the list by program, as fast as a program can: the others of a busy list. */
export interface Helper {
  readonly client: Client
  readonly list: List
  /** Everything they did is on the server. */
  flush(): Promise<void>
}

export async function helperOn(server: RunningServer, owner: Person, listId: string): Promise<Helper> {
  const { token, userId } = await guest(server.url, 'Helper')
  await giveRole(server.url, owner.session().token, { listId, userId, role: 'editor' })
  return programOf(server, token, listId)
}

/** A program of theirs, with this list open. */
export async function programOf(server: RunningServer, token: string, listId: string): Promise<Helper> {
  const client = createClient({ url: server.url, token, storage: 'memory' })
  const list = client.lists.open(listId)
  await until(() => list.status.getSnapshot().state === 'synced', { what: 'the list of the program' })
  return {
    client,
    list,
    flush: async () => {
      if (!(await client.flush({ timeoutMs: 20_000 }))) throw new Error('The program’s edits were not saved')
    },
  }
}

export function rowOf(page: Page, title: string): Locator {
  return page.locator('.item').filter({ has: page.getByRole('checkbox', { name: title, exact: true }) })
}

export function idOf(list: List, title: string): string {
  for (const id of list.items.ids().getSnapshot()) {
    if (list.items.item(id).getSnapshot()?.title === title) return id
  }
  throw new Error(`There is no ${title}`)
}

interface Point {
  readonly x: number
  readonly y: number
}

export async function handleOf(page: Page, title: string): Promise<Point> {
  await rowOf(page, title).hover()
  return middleOf(rowOf(page, title).locator('[data-handle]'))
}

export async function middleOf(element: Locator): Promise<Point> {
  const box = await element.boundingBox()
  if (box === null) throw new Error('It is not on the screen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Just below a row: where something is dropped that goes behind it. */
export async function below(page: Page, title: string): Promise<Point> {
  const box = await rowOf(page, title).boundingBox()
  if (box === null) throw new Error(`${title} is not on the screen`)
  return { x: box.x + 40, y: box.y + box.height - 4 }
}

/** A finger, as the system tells of it. */
export async function finger(page: Page): Promise<{
  down(at: Point): Promise<void>
  move(from: Point, to: Point): Promise<void>
  up(): Promise<void>
}> {
  const session: CDPSession = await page.context().newCDPSession(page)
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints })
  return {
    down: async (at) => void (await send('touchStart', [at])),
    move: async (from, to) => {
      for (let step = 1; step <= 8; step++) {
        const share = step / 8
        await send('touchMove', [
          { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share },
        ])
      }
    },
    up: async () => void (await send('touchEnd', [])),
  }
}
