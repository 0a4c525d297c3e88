import type { Environment } from './environment.ts'
import { looksLikeSample } from './sample-secrets.ts'
import { type Config, SETTINGS, type Setting, type SettingName } from './settings.ts'

/** One variable that cannot be used as it stands. */
export interface ConfigProblem {
  readonly env: string
  /** What was seen, or a description of it when the value is a secret. */
  readonly seen: string
  readonly expected: string
  readonly example: string
}

export type ParsedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] }

/** Reads every setting once; all problems are reported together, so that nobody fixes them one start at a time. */
export function parseConfig(environment: Environment): ParsedConfig {
  const values: Partial<Record<SettingName, unknown>> = {}
  const problems: ConfigProblem[] = []
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const setting: Setting<unknown> = SETTINGS[name]
    const text = textFor(setting, environment)
    const parsed = text === null ? { ok: true as const, value: null } : setting.kind.parse(text)
    if (parsed.ok) values[name] = parsed.value
    else problems.push(problemOf(setting, text ?? '', parsed.expected))
  }
  // Every name of SETTINGS was given a value of its own kind above, or there is a problem.
  const config = values as unknown as Config
  if (problems.length === 0) problems.push(...problemsTogether(config, environment))
  return problems.length === 0 ? { ok: true, config } : { ok: false, problems }
}

/** An empty variable counts as not set: compose files and CI systems cannot leave one out. */
function textFor(setting: Setting<unknown>, environment: Environment): string | null {
  const text = environment[setting.env]?.trim() ?? ''
  return text === '' ? setting.fallback : text
}

function problemsTogether(config: Config, environment: Environment): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  if (config.environment === 'production') problems.push(...secretProblems(config, environment))
  if (config.smtpUrl !== null && config.publicUrl === null) {
    // A link made for whatever host a request names can be sent to somebody else's server, token and all.
    problems.push(problemOf(SETTINGS.publicUrl, '', 'this server’s address, because SMTP_URL is set'))
  }
  return problems
}

function secretProblems(config: Config, environment: Environment): ConfigProblem[] {
  const { jwtSecret } = config
  const isEmpty = environment[SETTINGS.jwtSecret.env] !== undefined && jwtSecret === null
  if (!isEmpty && (jwtSecret === null || !looksLikeSample(jwtSecret))) return []
  const expected = isEmpty
    ? 'a random secret, or no such variable at all: it is there but empty, and NODE_ENV is production'
    : 'a random secret: this one looks like it was copied from an example, and NODE_ENV is production'
  return [problemOf(SETTINGS.jwtSecret, jwtSecret ?? '', expected)]
}

function problemOf(setting: Setting<unknown>, text: string, expected: string): ConfigProblem {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return {
    env: setting.env,
    seen: setting.isSecret === true ? `${text.length} characters, not shown` : JSON.stringify(shown),
    expected,
    example: `${setting.env}=${setting.example}`,
  }
}

/** For a terminal: the variable, the value seen, what is expected, and an example to copy. */
export function describeProblems(problems: readonly ConfigProblem[]): string {
  return problems
    .map(({ env, seen, expected, example }) =>
      [env, `  seen      ${seen}`, `  expected  ${expected}`, `  example   ${example}`].join('\n'),
    )
    .join('\n\n')
}
