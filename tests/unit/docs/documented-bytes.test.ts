import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { encodeFrame, type Frame } from '../../../client-sdk/src/protocol/frames.ts'

const LIST = '11111111-1111-4111-8111-111111111111'
const ADDRESS = `24${Buffer.from(LIST).toString('hex')}`

/** The block after `<!-- bytes -->`: lines `name  hex hex  remark`; a line without a name goes on with the one before. */
function bytesIn(document: string): Record<string, string> {
  const text = readFileSync(new URL(`../../../docs/${document}`, import.meta.url), 'utf8')
  const block = /<!-- bytes -->\n\n((?: {4}.*\n)+)/.exec(text)?.[1] ?? ''
  const found: Record<string, string> = {}
  let name = ''
  for (const line of block.trimEnd().split('\n')) {
    const [, label, hex] =
      /^ {4}(?:([a-z][a-z0-9 ]*?) {2,}| {2,})([@0-9a-f ]+?)(?: {2,}.*)?$/.exec(line) ?? []
    name = label ?? name
    found[name] = (found[name] ?? '') + (hex ?? '').replace('@', ADDRESS).replaceAll(' ', '')
  }
  return found
}

it('[TOOL-11] the updates printed in list-format.md are what Yjs makes of the example', () => {
  const doc = new Y.Doc()
  doc.clientID = 1
  const updates: string[] = []
  doc.on('update', (update: Uint8Array) => updates.push(Buffer.from(update).toString('hex')))
  const items = doc.getMap('items')
  items.set('milk-0001', { by: 'u_anna', at: 1794949200000, title: 'Milk', order: 'a0' })
  items.set('milk-0001/done', [true, 'u_anna', 1794949260000])
  expect(bytesIn('list-format.md')).toEqual({ add: updates[0], tick: updates[1] })
})

it('[TOOL-11][E-14] a tick is less than 50 bytes of update', () => {
  expect((bytesIn('list-format.md')['tick'] ?? '').length / 2).toBeLessThan(50)
})

it('[TOOL-11] the frames printed in protocol.md are what the protocol writes', () => {
  const nothing = new Uint8Array([0, 0])
  const frames: Record<string, Frame> = {
    auth: { type: 'token', token: 'tk', version: 'tandem/1' },
    authenticated: { type: 'authenticated', readOnly: false },
    denied: { type: 'denied', reason: '4403 No such list.' },
    'step 1': { type: 'step-1', stateVector: new Uint8Array([0]) },
    'step 2': { type: 'step-2', update: nothing },
    update: { type: 'update', update: nothing },
    saved: { type: 'sync-status', saved: true },
    refused: { type: 'sync-status', saved: false },
    close: { type: 'close', reason: null },
  }
  const written = Object.entries(frames).map(([name, frame]) => [
    name,
    Buffer.from(encodeFrame(LIST, frame)).toString('hex'),
  ])
  expect(bytesIn('protocol.md')).toEqual(Object.fromEntries(written))
})
