import { beforeEach, describe, expect, it } from 'vitest'
import type { ListId, NewUpdate, Storage } from '../../../persistence/src/index.ts'
import { silentLogger } from '../../../server/src/telemetry/logger.ts'
import { followTitles, type TitleFollower } from '../../../server/src/titles.ts'
import { manualClock } from './manual-clock.ts'

const LIST = '0b2c4e1a-9d3f-4c58-8a67-5e21d0c9b3f4' as ListId

describe('the directory’s copy of a title', () => {
  let clock: ReturnType<typeof manualClock>
  let written: string[]
  let reads: number
  let standing: string
  let isAway: boolean
  let seq: number
  let applied: number
  let follower: TitleFollower

  beforeEach(() => {
    clock = manualClock()
    written = []
    reads = 0
    standing = 'as in the document'
    isAway = false
    seq = 0
    applied = Number.POSITIVE_INFINITY
    const storage = {
      log: { append: async () => ({ seq: ++seq, at: new Date(0) }) },
      directory: {
        async setTitle(_: ListId, title: string) {
          if (isAway) throw new Error('away')
          written.push(title)
        },
      },
    }
    follower = followTitles(storage as unknown as Storage, { clock, logger: silentLogger })
    follower.readWith(async () => {
      reads += 1
      return { title: standing, upTo: applied }
    })
  })

  const edit = (...ops: unknown[]) =>
    follower.storage.log.append({
      listId: LIST,
      actorId: null,
      opId: '',
      ops,
      data: new Uint8Array(),
    } as NewUpdate)
  const title = (from: string | null, to: string) => ({ op: 'set', kind: 'list', field: 'title', from, to })

  it('[DIR-3] the first title of a list is written as it is, without opening the list again', async () => {
    await edit(title(null, 'First'))
    await clock.pass(1_000)
    expect({ written, reads }).toEqual({ written: ['First'], reads: 0 })
  })

  it('[DIR-3] after a rename the document decides, because the later of two in the log may be the one that lost', async () => {
    await edit(title('Old', 'Winner'))
    await edit(title('Old', 'Loser'))
    standing = 'Winner'
    await clock.pass(1_000)
    expect({ written, reads }).toEqual({ written: ['Winner'], reads: 1 })
  })

  it('[DIR-3] two first titles at the same time are a race like any other', async () => {
    await edit(title(null, 'Winner'))
    await edit(title(null, 'Loser'))
    standing = 'Winner'
    await clock.pass(1_000)
    expect(written).toEqual(['Winner'])
  })

  it('[DIR-3] a document that does not have the rename yet is asked again, and not believed', async () => {
    await edit(title(null, 'First'))
    await clock.pass(150)
    applied = 1
    standing = 'First'
    await edit(title('First', 'Second'))
    await clock.pass(1_000)
    expect(written).toEqual([])
    applied = 2
    standing = 'Second'
    await clock.pass(1_000)
    expect(written).toEqual(['Second'])
  })

  it('[DIR-3] other edits write nothing', async () => {
    await edit(
      { op: 'set', kind: 'items', id: 'i', field: 'title', from: 'a', to: 'b' },
      { op: 'unknown' },
      7,
    )
    await edit({ op: 'set', kind: 'list', field: 'icon', from: null, to: 'x' })
    await clock.pass(10_000)
    expect(written).toEqual([])
  })

  it('[DIR-3] what could not be written is tried again', async () => {
    isAway = true
    await edit(title(null, 'First'))
    await clock.pass(1_000)
    isAway = false
    await clock.pass(5_000)
    expect(written).toEqual(['First'])
  })

  it('[DIR-3] a stop writes what is still waiting, also when no document can be read any more', async () => {
    await edit(title('Old', 'New'))
    await follower.flush()
    expect({ written, reads }).toEqual({ written: ['New'], reads: 0 })
  })
})
