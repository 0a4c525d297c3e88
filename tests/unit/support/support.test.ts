import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { tcpProxy } from '../../support/proxy.ts'
import { seededRandom } from '../../support/seed.ts'
import { until } from '../../support/until.ts'

describe('[TOOL-1] until', () => {
  it('[TOOL-1] resolves when the condition comes true, and counts a throw as "not yet"', async () => {
    let calls = 0
    await until(() => {
      calls += 1
      if (calls < 3) throw new Error('not yet')
      return true
    })
    expect(calls).toBe(3)
  })

  it('[TOOL-1] names what it waited for, and the last error', async () => {
    const waiting = until(() => Promise.reject(new Error('no socket')), { timeoutMs: 20, what: 'the moon' })
    await expect(waiting).rejects.toThrow(/20 ms in vain for: the moon; it threw: no socket/)
  })
})

describe('[TOOL-2] seededRandom', () => {
  it('[TOOL-2] repeats under TANDEM_SEED, and differs by name', () => {
    process.env['TANDEM_SEED'] = '7'
    const draw = (name: string): number[] => {
      const random = seededRandom(name)
      return [random.next(), random.int(1000), random.pick([1, 2, 3, 4]), ...random.shuffle([1, 2, 3, 4, 5])]
    }
    expect(draw('a')).toEqual(draw('a'))
    expect(draw('a')).not.toEqual(draw('b'))
    delete process.env['TANDEM_SEED']
  })
})

describe('[TOOL-3] tcpProxy', () => {
  it('[TOOL-3] carries, holds back one direction, lets go, and cuts', async () => {
    const heard: string[] = []
    const echo = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.on('data', (chunk) => {
        heard.push(String(chunk))
        socket.write(`re:${chunk}`)
      })
    })
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
    const proxy = await tcpProxy({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port })
    const client = connect(proxy.port, '127.0.0.1')
    let got = ''
    let closed = false
    client.on('data', (chunk) => (got += String(chunk)))
    client.on('error', () => undefined)
    client.on('close', () => (closed = true))

    client.write('one')
    await until(() => got === 're:one')
    proxy.pause('down')
    client.write('two')
    await until(() => heard.includes('two'))
    expect(got).toBe('re:one')
    proxy.resume()
    await until(() => got === 're:onere:two')
    proxy.cut()
    await until(() => closed)

    expect(proxy.accepted).toBe(1)
    await proxy.close()
    echo.close()
  })
})
