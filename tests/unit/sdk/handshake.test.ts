import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Edit, newEdit } from '../../../client-sdk/src/replica/edit.ts'
import { mergedUpdates, whatServerLacks } from '../../../client-sdk/src/replica/handshake.ts'
import { seededRandom } from '../../support/seed.ts'

class Device {
  readonly doc = new Y.Doc()
  readonly edits: Edit[] = []

  write(change: (items: Y.Map<unknown>, doc: Y.Doc) => void): void {
    const updates: Uint8Array[] = []
    const collect = (update: Uint8Array) => updates.push(update)
    this.doc.on('update', collect)
    this.doc.transact(() => change(this.doc.getMap('items'), this.doc))
    this.doc.off('update', collect)
    for (const update of updates) {
      const content = { update, changes: [], label: '', at: 0 }
      this.edits.push(newEdit(content, { uid: `${this.edits.length}`, origin: 'here' }))
    }
  }

  receive(server: Y.Doc): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(this.doc)))
  }

  lacking(server: Y.Doc): Uint8Array {
    return whatServerLacks(this.doc, this.edits, Y.encodeStateVector(server))
  }
}

const contains = (update: Uint8Array, text: string): boolean => Buffer.from(update).includes(text)

it('[CONF-6][ACK-4] a handshake brings the value that gave way, which the document itself has forgotten', () => {
  const server = new Y.Doc()
  server.clientID = 9
  server.getMap('items').set('milk/title', 'Soy milk')
  const device = new Device()
  device.doc.clientID = 5
  device.write((items) => items.set('milk/title', 'Almond milk'))
  device.write((items) => items.set('milk/title', 'Oat milk'))
  device.receive(server)
  expect(contains(Y.encodeStateAsUpdate(device.doc), 'Oat milk')).toBe(false)
  expect(contains(device.lacking(server), 'Oat milk')).toBe(true)
  Y.applyUpdate(server, device.lacking(server))
  expect(server.getMap('items').get('milk/title')).toBe('Soy milk')
})

it('[SYNC-2] what else the server lacks comes along, whatever waits', () => {
  const device = new Device()
  device.write((items) => items.set('a', 1))
  device.edits.length = 0
  device.write((items) => items.set('b', 2))
  const server = new Y.Doc()
  Y.applyUpdate(server, device.lacking(server))
  expect(server.getMap('items').toJSON()).toEqual({ a: 1, b: 2 })
})

it('[SYNC-2] it leaves the server with what the document would have left it with, over random histories', () => {
  const random = seededRandom('handshake')
  let useful = 0
  for (let round = 0; round < 300; round += 1) {
    const server = new Y.Doc()
    const devices = [new Device(), new Device()]
    for (let step = 0; step < 30; step += 1) {
      const device = random.pick(devices)
      const key = `k${random.int(4)}`
      const roll = random.int(8)
      if (roll < 3) device.write((items) => items.set(key, `v${step}`))
      else if (roll === 3) device.write((items) => items.delete(key))
      else if (roll === 4) device.write((_, doc) => doc.getText('note').insert(0, `t${step}`))
      else if (roll === 5)
        device.write((_, doc) => doc.getText('note').delete(0, doc.getText('note').length && 1))
      else if (roll === 6) device.receive(server)
      else {
        const asBefore = new Y.Doc()
        Y.applyUpdate(asBefore, Y.encodeStateAsUpdate(server))
        Y.applyUpdate(asBefore, Y.encodeStateAsUpdate(device.doc, Y.encodeStateVector(server)))
        Y.applyUpdate(server, device.lacking(server))
        expect(server.store.pendingStructs).toBeNull()
        expect(server.toJSON()).toEqual(asBefore.toJSON())
        expect(Y.encodeStateVector(server)).toEqual(Y.encodeStateVector(asBefore))
        // Confirmed: nothing waits any more. Now and then the answer is lost, and it all comes again.
        if (random.int(3) > 0) device.edits.length = 0
        useful += 1
      }
    }
  }
  expect(useful).toBeGreaterThan(300)
})

it('[ACK-5][X-06] ten thousand waiting edits are merged in well under a second', () => {
  const device = new Device()
  for (let n = 0; n < 10_000; n += 1) device.write((items) => items.set(`k${n % 500}`, `v${n}`))
  const before = process.cpuUsage()
  const merged = mergedUpdates(device.edits.map((edit) => edit.update))
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1_000).toBeLessThan(1_000)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, merged)
  expect(copy.getMap('items').size).toBe(500)
})
