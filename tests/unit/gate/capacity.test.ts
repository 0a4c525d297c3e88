import { describe, expect, it } from 'vitest'
import { codeOf, contentOf, Device, id, keysOf, LIMITS, register, Server } from './support.ts'

function listOf(count: number, maxItems: number): { server: Server; device: Device } {
  const server = new Server()
  server.limits = { ...LIMITS, maxItems }
  const device = new Device()
  for (let i = 0; i < count; i++) device.addItem(`item${i}`)
  server.sync(device)
  return { server, device }
}

describe('a full list', () => {
  it('[GATE-10][L-03] at the limit: add refused with its key, delete works, then add works', () => {
    const { server, device } = listOf(9, 10)
    device.addItem('tenth')
    expect(codeOf(server.take(device.takeUnsent()))).toBe('accepted')
    const other = new Device()
    server.sync(other)
    other.addItem('eleventh')
    const refused = server.take(other.takeUnsent())
    expect(codeOf(refused)).toBe('list-full')
    expect(keysOf(refused)).toEqual([`items/${id('eleventh')}`])
    for (const edit of ['done', 'deleted']) {
      device.set('item0', edit, true)
      expect(codeOf(server.take(device.takeUnsent()))).toBe('accepted')
    }
    device.addItem('twelfth')
    expect(codeOf(server.take(device.takeUnsent()))).toBe('accepted')
  })

  it('[GATE-10][L-03] bringing back from the trash counts as adding; swapping one for another does not', () => {
    const { server, device } = listOf(10, 10)
    device.doc.transact(() => {
      device.set('item0', 'deleted', true)
      device.addItem('other')
    })
    expect(codeOf(server.take(device.takeUnsent()))).toBe('accepted')
    device.set('item0', 'deleted', false)
    expect(codeOf(server.take(device.takeUnsent()))).toBe('list-full')
  })

  it('[GATE-10] the count stays right over many adds, deletes, restores and purges', () => {
    const { server, device } = listOf(0, 20)
    const accept = (): void => expect(codeOf(server.take(device.takeUnsent()))).toBe('accepted')
    for (let i = 0; i < 20; i++) {
      device.addItem(`item${i}`)
      device.set(`item${i}`, 'done', true)
      accept()
    }
    for (let round = 0; round < 30; round++) {
      const victim = `item${round % 20}`
      device.set(victim, 'deleted', true)
      accept()
      device.set(victim, 'deleted', false)
      accept()
      const probe = new Device()
      server.sync(probe)
      probe.addItem(`probe${round}`)
      expect(codeOf(server.judge(probe.takeUnsent()))).toBe('list-full')
    }
  })

  it('[GATE-10][L-03] at the size limit: what adds is refused; ticks, deletes, shortening and purges pass', () => {
    const { server, device } = listOf(3, 100)
    device.notes('item0').insert(0, 'some notes')
    device.set('item0', 'title', 'A rather long title')
    device.set('item1', 'deleted', true)
    device.set('item2', 'done', true)
    server.sync(device)
    const full = { listBytes: LIMITS.maxListBytes }
    const verdictOn = (edit: (d: Device) => void): string => {
      const other = new Device()
      server.sync(other)
      edit(other)
      return codeOf(server.judge(other.takeUnsent(), undefined, full))
    }
    expect(verdictOn((d) => d.addItem('fourth'))).toBe('list-full')
    expect(verdictOn((d) => d.notes('item0').insert(0, 'x'))).toBe('list-full')
    expect(verdictOn((d) => d.set('item0', 'title', 'A rather longer title'))).toBe('list-full')
    expect(verdictOn((d) => d.put('items', `${id('item0')}/assignee/u_bob`, register(true)))).toBe(
      'list-full',
    )
    expect(verdictOn((d) => d.set('item0', 'title', 'Short'))).toBe('accepted')
    expect(verdictOn((d) => d.set('item0', 'done', true))).toBe('accepted')
    expect(verdictOn((d) => d.set('item2', 'done', false))).toBe('accepted')
    expect(verdictOn((d) => d.set('item0', 'deleted', true))).toBe('accepted')
    expect(verdictOn((d) => d.notes('item0').delete(0, 5))).toBe('accepted')
    expect(
      verdictOn((d) => {
        d.remove('items', id('item1'))
        d.remove('items', `${id('item1')}/deleted`)
      }),
    ).toBe('accepted')
    expect(codeOf(server.judge(device.answerTo(server.doc), undefined, full))).toBe('nothing-new')
    expect(contentOf(server.doc)).toEqual(contentOf(device.doc))
  })
})

describe('refusals', () => {
  it('[GATE-12][C-16] have a code, a sentence, advice, and at most twenty short keys', () => {
    const { server, device } = listOf(1, 100)
    for (let i = 0; i < 50; i++) device.set('item0', `unknown${i}${'x'.repeat(1_000)}`, 1)
    const verdict = server.take(device.takeUnsent())
    expect(verdict).toMatchObject({
      verdict: 'refused',
      refusal: { code: 'unknown-field', retryable: false, advice: expect.stringMatching(/\.$/) },
    })
    expect(keysOf(verdict)).toHaveLength(20)
    expect(JSON.stringify(verdict).length).toBeLessThan(10_000)
  })

  it('[GATE-12] a fault of the gate itself is a refusal and is reported, never thrown', () => {
    const { server, device } = listOf(1, 100)
    device.set('item0', 'done', true)
    const faults: unknown[] = []
    const broken = Object.create(server.doc, {
      store: {
        get: () => {
          throw new Error('boom')
        },
      },
    })
    Object.defineProperty(server, 'doc', { value: broken })
    const verdict = server.judge(device.takeUnsent(), undefined, { onFault: (fault) => faults.push(fault) })
    expect(codeOf(verdict)).toBe('malformed')
    expect(faults).toHaveLength(1)
  })
})
