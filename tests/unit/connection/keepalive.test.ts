import { describe, expect, it } from 'vitest'
import { fakeLink } from './fake-link.ts'

const SAVED = { type: 'sync-status', saved: true } as const

describe('keepalive', () => {
  it('[LINK-8] an idle connection sends a frame at least every 20 s, which the server answers', async () => {
    const { environment, link, open, goLive } = fakeLink()
    open('a')
    const socket = await goLive()
    socket.say('a', SAVED)
    const before = socket.sent.length
    for (let i = 1; i <= 30; i++) {
      await environment.advance(20_000)
      expect(socket.sent.length - before).toBe(i)
      expect(socket.sent.at(-1)?.frame).toEqual({ type: 'step-2', update: new Uint8Array([0, 0]) })
      socket.say('a', SAVED)
    }
    expect(link.state.state).toBe('open')
    expect(environment.sockets).toHaveLength(1)
  })

  it('[LINK-8] a connection that is dead without saying so is replaced 35 s after the last sign of life', async () => {
    const { environment, link, open, goLive } = fakeLink()
    open('a')
    const socket = await goLive()
    socket.say('a', SAVED)
    await environment.advance(34_999)
    expect(link.state.state).toBe('open')
    await environment.advance(1)
    expect(link.state.state).toBe('waiting')
    expect(socket.closedWith).not.toBeNull()
    await environment.advance(2_000)
    expect(environment.sockets).toHaveLength(2)
  })

  it('[LINK-8] writing does not hide that nothing comes back', async () => {
    const { environment, link, open, goLive } = fakeLink()
    const host = open('a')
    const socket = await goLive()
    socket.say('a', SAVED)
    for (let second = 0; second < 36; second++) {
      host.write('k', second)
      await environment.advance(1_000)
    }
    expect(link.state.state).not.toBe('open')
    expect(socket.closedWith).not.toBeNull()
  })

  it('[LINK-8] hearing much does not keep a connection on which nothing is sent: Hocuspocus wants frames', async () => {
    const { environment, open, goLive } = fakeLink()
    open('a')
    const socket = await goLive()
    socket.say('a', SAVED)
    const before = socket.sent.length
    for (let second = 0; second < 60; second++) {
      socket.say('a', { type: 'awareness', update: new Uint8Array([0]) })
      await environment.advance(1_000)
    }
    expect(socket.sent.length).toBeGreaterThan(before + 1)
  })

  it('[LINK-8] timers that come once a minute, as in hidden tabs, do not kill a healthy connection', async () => {
    const { environment, link, open, goLive } = fakeLink()
    open('a')
    const socket = await goLive()
    socket.say('a', SAVED)
    for (let minute = 0; minute < 10; minute++) {
      // The clock moves on while no timer fires, then all that are due fire at once.
      environment.nowMs += 60_000
      await environment.advance(0)
      socket.say('a', SAVED)
    }
    expect(link.state.state).toBe('open')
    expect(environment.sockets).toHaveLength(1)
  })

  it('[LINK-8] the answer to a keepalive is not the answer to an edit', async () => {
    const { environment, open, goLive } = fakeLink()
    const host = open('a')
    const socket = await goLive()
    socket.say('a', SAVED)
    await environment.advance(20_000)
    host.write('milk')
    socket.say('a', SAVED)
    expect(host.ackedUpTo).toBe(0)
    socket.say('a', SAVED)
    expect(host.ackedUpTo).toBe(1)
  })

  it('[LINK-8][V-02] while the server says that it cannot write, late answers are no reason to leave', async () => {
    const { environment, link, open, goLive } = fakeLink()
    const host = open('a')
    const socket = await goLive()
    socket.say('a', SAVED)
    host.write('milk')
    socket.say('a', { type: 'stateless', payload: '{"type":"storage","state":"failing"}' })
    await environment.advance(100_000)
    expect(link.state.state).toBe('open')
    expect(host.messages).toEqual([{ type: 'storage', state: 'failing' }])
    await environment.advance(60_000)
    expect(link.state.state).not.toBe('open')
    expect(socket.closedWith).not.toBeNull()
  })

  it('[LINK-8] coming back to the page finds a dead connection within 8 s', async () => {
    const { environment, link, open, goLive } = fakeLink()
    open('a')
    const socket = await goLive()
    socket.say('a', SAVED)
    await environment.advance(5_000)
    link.resume()
    expect(socket.types('a').at(-1)).toBe('step-2')
    await environment.advance(7_999)
    expect(link.state.state).toBe('open')
    await environment.advance(1)
    expect(link.state.state).toBe('waiting')
  })

  it('[LINK-8] a server that accepts and then says nothing is given up', async () => {
    const { environment, link, open } = fakeLink()
    open('a')
    await environment.advance(0)
    environment.socket.accept()
    await environment.advance(35_000)
    expect(link.state.state).toBe('waiting')
  })

  it('[LINK-8] a ping of the server is answered with a pong, and nothing else ever is one byte', async () => {
    const { environment, open, goLive } = fakeLink()
    open('a')
    const socket = await goLive()
    socket.say('', { type: 'ping' })
    expect(socket.sent.at(-1)?.frame).toEqual({ type: 'pong' })
    await environment.advance(34_000)
    expect(socket.sent.filter((one) => one.frame.type === 'ping')).toEqual([])
  })
})
