import type { MemoryCluster } from '@tandem/persistence/memory'
import type * as Y from 'yjs'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { differing, fingerprint, replayed, screenDifference } from '../copies.ts'
import { tokenOf } from '../device.ts'
import type { Scene } from './heal.ts'
import { judgeRows } from './judge-rows.ts'
import type { Person } from './run.ts'
import type { Handed } from './witness.ts'

export interface Findings {
  /** What must be equal, one per place it was read from: of everybody with access. */
  readonly states: ReadonlyMap<string, string>
  /** What must never be, in words. */
  readonly faults: readonly string[]
  readonly items: number
  /** People without access at the end. */
  readonly outsiders: number
  /** Of what people made: saved, and kept in an inbox instead. */
  readonly saved: number
  readonly unsaved: number
  /** Saved, and in an inbox all the same: the word that it was saved was lost before access ended. */
  readonly unheard: number
}

/** Reads everything there is when all has come to rest. */
export async function examine({
  stage,
  crowd,
  cluster,
}: Scene & { readonly cluster: MemoryCluster }): Promise<Findings> {
  const { witness, listId } = stage
  const members = crowd.filter(({ userId }) => witness.standing(userId).role !== null)
  const outsiders = crowd.filter((person) => !members.includes(person))
  const url = `ws://127.0.0.1:${stage.nodes()[0]?.port ?? 0}/sync`
  const reader = new RawClient({ url, token: tokenOf(witness.owner()), listId })
  await reader.synced
  const devices = members.map(({ device }) => device)
  // Also what one node has just written for somebody who is gone: it reaches the others a moment later.
  const isTold = (): boolean => fingerprint(replayed(cluster, listId)) === fingerprint(reader.document)
  await until(async () => isTold() && (await differing(devices, reader.document)) === 0, {
    timeoutMs: 20_000,
    what: 'all copies to be equal',
  }).catch(() => undefined)
  const truth = fingerprint(reader.document)
  const states = new Map([
    ['server', truth],
    ['log', fingerprint(replayed(cluster, listId))],
  ])
  const [first] = devices
  for (const device of devices) {
    states.set(`${device.userId} disk`, fingerprint(await device.stored()))
    states.set(`${device.userId} screen`, truth + screenDifference(device, first ?? device))
  }
  const { faults: forbidden, births } = judgeRows(witness, stage.people)
  const tally = { saved: 0, unsaved: 0, unheard: 0 }
  const faults = [...witness.faults, ...forbidden]
  for (const person of crowd) faults.push(...account(person, { document: reader.document, births, tally }))
  for (const person of outsiders) faults.push(...(await leftovers(person)))
  const items = reader.document.getMap('items').size
  reader.drop()
  return { states, faults, items, outsiders: outsiders.length, ...tally }
}

interface Books {
  readonly document: Y.Doc
  readonly births: ReadonlyMap<string, Handed>
  readonly tally: { saved: number; unsaved: number; unheard: number }
}

/** Everything this person made is in the list or in their inbox. */
function account({ userId, diary }: Person, { document, births, tally }: Books): string[] {
  diary.look()
  const faults: string[] = []
  for (const [id, { isAcknowledged }] of diary.made) {
    const isSaved = document.getMap('items').has(id) || document.getMap('comments').has(id)
    const kept = diary.inbox.get(id)
    if (isSaved) tally.saved++
    else if (kept !== undefined) tally.unsaved++
    if (isAcknowledged && !isSaved) faults.push(`${id} of ${userId} was called saved, and is not`)
    if (!isSaved && kept === undefined) faults.push(`${id} of ${userId} is nowhere`)
    if (!isSaved || kept === undefined) continue
    tally.unheard++
    const birth = births.get(id)
    if (birth === undefined || birth.order > kept.since)
      faults.push(`${id} of ${userId} was sent from the inbox`)
    else if (isAcknowledged) faults.push(`${id} of ${userId} was called saved, and is in the inbox`)
    else if (!ENDED.has(kept.code) && birth.storedAt < kept.since)
      faults.push(`${id} of ${userId} is saved, and was refused (${kept.code})`)
  }
  return faults
}

const ENDED: ReadonlySet<string> = new Set(['access-ended', 'list-deleted'])

/** Nothing of a list stays with somebody who has no access. */
async function leftovers({ userId, device }: Person): Promise<string[]> {
  const faults: string[] = []
  if ((await device.stored()).share.size > 0) faults.push(`${userId} has no access, and a copy on the disk`)
  if ((await device.pendingOnDisk()) > 0)
    faults.push(`${userId} has no access, and edits that wait on the disk`)
  const shown = device.list.items.ids({}).getSnapshot().length
  if (shown > 0) faults.push(`${userId} has no access, and ${shown} items on the screen`)
  return faults
}
