import type { Page } from 'playwright-core'

/** The page's socket with a tap in it: while it is closed, what the server says does not arrive, and what the page says does. */
export interface HeldSocket {
  hold(): void
  release(): void
  /** Ends the socket as the server would. */
  end(code: number, reason: string): void
}

/** To be called before the page is opened. Requests other than the socket go on as ever. */
export async function holdAnswers(page: Page): Promise<HeldSocket> {
  let isHeld = false
  let waiting: (() => void)[] = []
  let ends: ((code: number, reason: string) => void)[] = []
  await page.routeWebSocket(/\/sync/, (socket) => {
    const server = socket.connectToServer()
    ends.push((code, reason) => void socket.close({ code, reason }))
    server.onMessage((message) => {
      if (isHeld) waiting.push(() => socket.send(message))
      else socket.send(message)
    })
  })
  return {
    hold: () => {
      isHeld = true
    },
    release: () => {
      isHeld = false
      for (const send of waiting) send()
      waiting = []
    },
    end: (code, reason) => {
      for (const close of ends) close(code, reason)
      ends = []
    },
  }
}
