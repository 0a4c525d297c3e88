import type { Environment } from './environment.ts'
import { SETTINGS, type Setting } from './settings.ts'

const all = (): Setting<unknown>[] => Object.values(SETTINGS)

const fallbackOf = (setting: Setting<unknown>): string => setting.fallback ?? `not set: ${setting.unset}`

/** The table for a terminal, two lines of prose a variable. */
export function configHelp(width = 96): string {
  return all()
    .map((setting) => {
      const facts = `${setting.kind.type}; ${setting.fallback === null ? fallbackOf(setting) : `default ${setting.fallback}`}`
      return [
        setting.env,
        ...[facts, setting.what, setting.why].flatMap((text) => wrap(text, width - 4)),
      ].join('\n    ')
    })
    .join('\n\n')
}

/** What this environment results in, one variable a line; secrets are named, never shown. */
export function effectiveConfig(environment: Environment): string {
  const rows = all().map((setting) => {
    const text = environment[setting.env]?.trim() ?? ''
    const isSet = text !== ''
    const shown = isSet && setting.isSecret === true ? '(set, not shown)' : text
    return {
      env: setting.env,
      value: isSet ? shown : fallbackOf(setting),
      source: isSet ? 'environment' : 'default',
    }
  })
  const nameWidth = Math.max(...rows.map((row) => row.env.length))
  return rows
    .map(
      ({ env, value, source }) =>
        `${env.padEnd(nameWidth)}  ${source === 'environment' ? '*' : ' '} ${value}`,
    )
    .join('\n')
}

/** The table for the documentation, so that it cannot differ from what the server does. */
export function configMarkdown(): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|')
  const rows = all().map((setting) => {
    const fallback = setting.fallback === null ? `*${fallbackOf(setting)}*` : `\`${setting.fallback}\``
    const type = cell(setting.kind.type)
    return `| \`${setting.env}\` | ${type} | ${cell(fallback)} | ${cell(`${setting.what} ${setting.why}`)} |`
  })
  return [
    '| Variable | Type and bounds | Default | What it sets, and why you would change it |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return line === '' ? lines : [...lines, line]
}
