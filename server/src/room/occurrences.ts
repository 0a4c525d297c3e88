import { randomBytes } from 'node:crypto'
import {
  applyChanges,
  fieldKey,
  isRegister,
  ListView,
  newRecordId,
  planOccurrence,
} from '@tandem/client-sdk/model'
import { can } from '@tandem/client-sdk/protocol'
import type { ListId } from '@tandem/persistence'
import type * as Y from 'yjs'
import type { Actor } from '../gate/verdict.ts'
import { random } from '../random.ts'
import type { HubCore } from './core.ts'
import type { Room } from './room.ts'
import { serverWrite } from './server-write.ts'

/**
 * Makes the next occurrence of a repeating item for those who may tick and do no more: their own program cannot, because the gate takes
 * nothing but the tick from them. Takes it away again when they untick.
 *
 * After the tick is stored, as an edit of its own in their name. A server that dies in between leaves the tick alone; ticking once
 * more makes up for it.
 */
export class Occurrences {
  private readonly core: HubCore
  private readonly underway = new Set<Promise<void>>()

  constructor(core: HubCore) {
    this.core = core
  }

  /** `ops`: what an edit of the actor meant, which is in the log by now. */
  follow({ listId, document }: Room, actor: Actor, ops: readonly unknown[]): void {
    if (can(actor.role, 'edit')) return
    const ticked = new Set(ops.flatMap(tickedItem).filter((id) => doesRepeat(document, id)))
    if (ticked.size === 0) return
    const work = this.make(listId, actor, ticked).finally(() => this.underway.delete(work))
    this.underway.add(work)
  }

  async settled(): Promise<void> {
    await Promise.all(this.underway)
  }

  /** Never rejects. */
  private async make(listId: ListId, actor: Actor, ids: ReadonlySet<string>): Promise<void> {
    const { clock, logger } = this.core.deps
    const context = {
      by: actor.authorId,
      now: clock.now(),
      random,
      newId: () => newRecordId(randomBytes),
    }
    const plan = (doc: Y.Doc): void => {
      const view = new ListView(doc)
      try {
        for (const id of ids) {
          const { changes } = planOccurrence(view, context, id)
          applyChanges(doc, changes, null)
          view.absorb(changes)
        }
      } finally {
        view.dispose()
      }
    }
    try {
      // The right to do this is the server's; the name under it is theirs.
      const outcome = await serverWrite(this.core, { listId, writer: { ...actor, role: 'editor' }, plan })
      if ('refusal' in outcome) {
        logger.warn({ list: listId, user: actor.userId, code: outcome.refusal.code }, 'edit.failed')
      }
    } catch (error) {
      this.core.logFailure({ list: listId, user: actor.userId, error }, 'edit.failed')
    }
  }
}

/** Asked before the list is copied for a plan, because most items do not. */
function doesRepeat(document: Y.Doc, id: string): boolean {
  const items = document.getMap('items')
  const written = items.get(fieldKey(id, 'repeat'))
  const born = items.get(id)
  if (isRegister(written)) return written[0] !== null
  return typeof born === 'object' && born !== null && 'repeat' in born && born.repeat !== null
}

function tickedItem(op: unknown): string[] {
  if (typeof op !== 'object' || op === null) return []
  const { op: what, kind, field, id } = op as Partial<Record<string, unknown>>
  return what === 'set' && kind === 'items' && field === 'done' && typeof id === 'string' ? [id] : []
}
