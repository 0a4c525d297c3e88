import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { until } from '../../support/until.ts'

interface Received {
  readonly to: string
  readonly text: string
}

/** A real mail server that keeps what it is given. */
export class Mailbox {
  readonly received: Received[] = []
  readonly #server: SMTPServer

  private constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address).join(', ')
          this.received.push({ to, text: plain(Buffer.concat(chunks).toString('utf8')) })
          done()
        })
      },
    })
  }

  static async start(): Promise<Mailbox> {
    const mailbox = new Mailbox()
    await new Promise<void>((resolve) => mailbox.#server.listen(0, '127.0.0.1', resolve))
    return mailbox
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`
  }

  /** The newest letter to this address that matches; waits until it is there. */
  async letter(to: string, like: RegExp): Promise<string> {
    const find = () => this.received.findLast((mail) => mail.to === to && like.test(mail.text))
    await until(() => find() !== undefined, { timeoutMs: 20_000, what: `a letter to ${to} like ${like}` })
    return find()?.text ?? ''
  }

  /** The address in that letter. */
  async link(to: string, like: RegExp): Promise<URL> {
    const found = /https?:\/\/\S+/.exec(await this.letter(to, like))
    if (found === null) throw new Error('no link in the letter')
    return new URL(found[0])
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}

/** Long lines are folded with "=" at their end, and what is not plain stands as "=3D". */
function plain(message: string): string {
  if (!/quoted-printable/i.test(message)) return message
  const bytes = message
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
