import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  ListView,
  planAddItems,
  planPurgeItems,
  planRemoveItems,
  planToggle,
} from '../../../client-sdk/src/model/index.ts'
import { Device } from './device.ts'

describe('sizes', () => {
  it('[MODEL-15][B-25] ticking one item of 1,000 is one update of less than 200 bytes', () => {
    const a = new Device('u_0123456789ab')
    const ids = a.run(
      planAddItems(
        a.view,
        a.context,
        Array.from({ length: 1_000 }, (_, n) => ({ title: `item ${n}` })),
      ),
    )
    const updates: Uint8Array[] = []
    a.doc.on('update', (update: Uint8Array) => updates.push(update))
    a.run(planToggle(a.view, a.context, ids[500] ?? ''))
    console.info(
      `tick on 1,000 items: ${updates[0]?.length} bytes; the list: ${Y.encodeStateAsUpdate(a.doc).length} bytes`,
    )
    expect(updates).toHaveLength(1)
    expect(updates[0]?.length).toBeLessThan(200)
  })

  it('[MODEL-16][G-14] 10,000 items added, removed and purged leave a small document that opens at once', () => {
    const a = new Device('u_0123456789ab')
    a.add('stays')
    for (let batch = 0; batch < 100; batch += 1) {
      const ids = a.run(
        planAddItems(
          a.view,
          a.context,
          Array.from({ length: 100 }, (_, n) => ({ title: `item ${n}` })),
        ),
      )
      a.run(planRemoveItems(a.view, a.context, ids))
      a.run(planPurgeItems(a.view, a.context, ids))
      a.undo.clear()
    }
    const bytes = Y.encodeStateAsUpdate(a.doc)
    const start = performance.now()
    const fresh = new Y.Doc()
    Y.applyUpdate(fresh, bytes)
    const view = new ListView(fresh)
    const elapsed = performance.now() - start
    console.info(
      `after 10,000 items added, removed and purged: ${bytes.length} bytes, opened in ${elapsed.toFixed(1)} ms`,
    )
    expect(view.ids()).toHaveLength(1)
    expect(bytes.length).toBeLessThan(1_200_000)
  })
})
