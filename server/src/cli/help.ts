import { configHelp } from '../config/render.ts'
import type { CommandName } from './arguments.ts'

interface CommandHelp {
  readonly usage: string
  /** One line for the overview. */
  readonly summary: string
  readonly details: string
}

const HELP: Record<CommandName, CommandHelp> = {
  serve: {
    usage: 'tandem serve',
    summary: 'Run the server until it is asked to stop (Ctrl-C, SIGTERM).',
    details: `Prints one line with its address once it accepts connections, and logs to stderr.
A second signal ends it at once; nothing that was acknowledged is lost either way.

Configuration, from environment variables:

${indent(configHelp())}`,
  },
  migrate: {
    usage: 'tandem migrate',
    summary: 'Bring the database to the current schema.',
    details:
      'The server does this on every start; run it alone to migrate before a rollout. Repeating it does nothing.',
  },
  verify: {
    usage: 'tandem verify [--list <id>] [--json]',
    summary: 'Replay the log of every list and compare it with what is stored.',
    details: `Finds missing and unreadable rows, updates whose predecessors are missing, and snapshots that hold
something else than the log. Changes nothing; may run beside the server.
Exits with 1 when anything is wrong.`,
  },
  dump: {
    usage: 'tandem dump <list id> [--json]',
    summary: 'Print the log of one list as readable operations.',
    details: 'One line an operation: position, time, who, what. With --json one object an edit.',
  },
  resync: {
    usage: 'tandem resync <list id> [--reason <text>]',
    summary: 'Ask every open client of a list to take the server’s state afresh.',
    details: 'Edits that a client has not sent yet are kept and sent afterwards. Needs a running server.',
  },
  config: {
    usage: 'tandem config [--markdown]',
    summary: 'Show the configuration in effect, and every variable there is.',
    details: 'Checks it too: exits with 1 when a value cannot be used. Secrets are not shown.',
  },
  help: { usage: 'tandem help [command]', summary: 'Explain a command.', details: '' },
  version: { usage: 'tandem version', summary: 'Print the version.', details: '' },
}

/** `about` null: the overview. */
export function helpText(about: CommandName | null): string {
  if (about === null || about === 'help') return overview()
  const { usage, summary, details } = HELP[about]
  return [`Usage: ${usage}`, '', summary, ...(details === '' ? [] : ['', details])].join('\n')
}

function overview(): string {
  const width = Math.max(...Object.keys(HELP).map((name) => name.length))
  const lines = Object.entries(HELP).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return ['Tandem: shared todo lists, synced and durable.', '', 'Usage: tandem <command>', '', ...lines].join(
    '\n',
  )
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ')
}
