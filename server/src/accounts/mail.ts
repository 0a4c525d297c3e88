import { createTransport } from 'nodemailer'
import type { Config } from '../config/settings.ts'
import type { Logger } from '../telemetry/logger.ts'

export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
}

export interface Mail {
  /** Resolves at once: how long a mail server takes must not tell whether there is an account. A failure is logged. */
  send(letter: Letter): void
  close(): void
}

/** Null when no mail server is configured. */
export function openMail(
  { smtpUrl, mailFrom, publicUrl }: Pick<Config, 'smtpUrl' | 'mailFrom' | 'publicUrl'>,
  logger: Pick<Logger, 'error'>,
): Mail | null {
  if (smtpUrl === null) return null
  const host = publicUrl === null ? 'localhost' : new URL(publicUrl).hostname
  const transport = createTransport(smtpUrl, { from: mailFrom ?? `Tandem <tandem@${host}>` })
  return {
    send(letter) {
      // Plain text only, and nothing in it that somebody else chose to be sent on: it must not carry other people's links.
      transport.sendMail(letter).catch((error: unknown) => logger.error({ error }, 'mail.failed'))
    },
    close: () => transport.close(),
  }
}

export const signInLetter = (to: string, url: string): Letter => ({
  to,
  subject: 'Your link to sign in',
  text: `Open this link to sign in:\n\n${url}\n\nIt works once, within 10 minutes. If you did not ask for it, do nothing.\n`,
})

export const confirmLetter = (to: string, url: string): Letter => ({
  to,
  subject: 'Is this your address?',
  text: `An account was made with this address. If it was you, open this link where you are signed in:\n\n${url}\n\nIf it was not you, do nothing: without this link the address stays unconfirmed.\n`,
})

export const resetLetter = (to: string, url: string): Letter => ({
  to,
  subject: 'Choose another password',
  text: `Open this link to choose another password:\n\n${url}\n\nIt works once, within an hour, and signs you out everywhere else. If you did not ask for it, do nothing.\n`,
})
