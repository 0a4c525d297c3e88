import { describe, expect, it } from 'vitest'
import { describeProblems, parseConfig } from '../../../server/src/config/parse.ts'
import { configHelp, configMarkdown, effectiveConfig } from '../../../server/src/config/render.ts'
import { SETTINGS, type Setting } from '../../../server/src/config/settings.ts'

const settings: Setting<unknown>[] = Object.values(SETTINGS)

/** For each variable, values that must not be accepted. */
const WRONG: Record<string, string[]> = {
  HOST: ['http://127.0.0.1', 'a b', '127.0.0.1:4000/x'],
  PORT: ['65536', '-1', '40x', '1e3', '0x10', '4000.5', 'four'],
  DATABASE_URL: ['mysql://x/y', 'localhost', 'db.example.org:5432'],
  PG_POOL: ['0', '1', '201'],
  AUTH_JWT_SECRET: ['short', 'x'.repeat(31)],
  AUTH_JWKS_URL: ['http://login.example.org/keys', 'login.example.org', 'file:///etc/passwd'],
  AUTH_JWT_ISSUER: ['two\nlines', 'x'.repeat(501)],
  AUTH_JWT_AUDIENCE: ['a\u0000b'],
  AUTH_JWT_EMAILS: ['yes'],
  ACCOUNTS: ['yes'],
  PUBLIC_URL: [
    'lists.example.org',
    'https://example.org/lists',
    'ftp://example.org',
    'https://u:p@example.org',
  ],
  SMTP_URL: ['mail.example.org', 'https://mail.example.org'],
  MAIL_FROM: ['a@b.example\nBcc: c@d.example'],
  GUESTS: ['yes', 'ON'],
  GUESTS_PER_HOUR: ['0', 'many'],
  LISTS_PER_USER: ['0', '-1'],
  REQUESTS_PER_MINUTE: ['0', 'x'],
  TRUST_PROXY: ['maybe', '10.0.0.0/99'],
  GUEST_DAYS: ['0', '-3'],
  CORS_ORIGINS: ['example.org', 'https://a.example/path', 'https://a.example,*'],
  LOG_LEVEL: ['loud', 'INFO'],
  LOG_FORMAT: ['xml'],
  MAX_SOCKETS: ['0', 'many'],
  SOCKETS_PER_USER: ['0'],
  SOCKETS_PER_ADDRESS: ['0', 'all'],
  UPDATE_MAX_BYTES: ['1', '1 TB', '17 MiB', '1mb'],
  LIST_MAX_ITEMS: ['9', '1000001'],
  LIST_MAX_BYTES: ['1 KiB', '2 GiB'],
  SNAPSHOT_EVERY: ['9', 'never'],
  SHUTDOWN_SECONDS: ['0', '601'],
  NODE_ENV: ['two words'],
}
/** Any text is a path. */
const ANYTHING_GOES = ['DATA_DIR', 'WEB_DIR']

describe('configuration table', () => {
  it('[CFG-1] nothing set gives every default', () => {
    const parsed = parseConfig({})
    expect(parsed).toMatchObject({
      ok: true,
      config: {
        host: '127.0.0.1',
        port: 4000,
        dataDir: './data',
        updateMaxBytes: 1_048_576,
        databaseUrl: null,
      },
    })
  })

  it.each(settings.map((setting) => [setting.env, setting] as const))(
    '[CFG-1] %s has a type, a reason to change it, and an example that is accepted',
    (env, setting) => {
      expect(setting.kind.type).not.toBe('')
      expect(setting.why.length).toBeGreaterThan(20)
      expect(setting.fallback ?? setting.unset).toBeDefined()
      // The shell replaces a command by its output before we see it.
      const example = setting.example.replace(/^"\$\(.*\)"$/, 'q3mN8vL0xR5tY2wZ7kP1sD4fG6hJ9bC0')
      const parsed = parseConfig({ PUBLIC_URL: 'https://lists.example.org', [env]: example })
      expect(parsed).toMatchObject({ ok: true })
    },
  )

  it('[CFG-1] help and documentation name every variable, its bounds and its default', () => {
    const help = configHelp()
    const markdown = configMarkdown()
    for (const { env, kind, fallback } of settings) {
      expect(help).toContain(env)
      expect(markdown).toContain(`\`${env}\``)
      expect(help.replaceAll(/\s+/g, ' ')).toContain(kind.type)
      if (fallback !== null) expect(markdown).toContain(`\`${fallback}\``)
    }
    expect(markdown.split('\n')).toHaveLength(settings.length + 2)
    expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  it('[CFG-1] sizes are taken in bytes or with a unit, origins without their trailing slash', () => {
    expect(parseConfig({ UPDATE_MAX_BYTES: '65536', LIST_MAX_BYTES: '16MiB' })).toMatchObject({
      config: { updateMaxBytes: 65_536, listMaxBytes: 16_777_216 },
    })
    expect(parseConfig({ CORS_ORIGINS: 'https://a.example/, http://localhost:5173' })).toMatchObject({
      config: { corsOrigins: ['https://a.example', 'http://localhost:5173'] },
    })
  })

  it('[CFG-1] an empty variable counts as not set', () => {
    expect(parseConfig({ PORT: '', DATABASE_URL: '  ' })).toMatchObject({
      ok: true,
      config: { port: 4000, databaseUrl: null },
    })
  })
})

describe('bad configuration', () => {
  it('[CFG-2] this test tries a wrong value for every variable that has any', () => {
    expect([...Object.keys(WRONG), ...ANYTHING_GOES].sort()).toEqual(settings.map(({ env }) => env).sort())
  })

  it.each(Object.entries(WRONG).flatMap(([env, values]) => values.map((value) => [env, value] as const)))(
    '[CFG-2] %s=%s is refused with the variable, what was seen, what is expected and an example',
    (env, value) => {
      const parsed = parseConfig({ [env]: value })
      if (parsed.ok) throw new Error(`${env}=${value} was accepted`)
      expect(parsed.problems).toHaveLength(1)
      const text = describeProblems(parsed.problems)
      expect(text).toContain(env)
      expect(text).toMatch(/seen {6}\S/)
      expect(text).toMatch(/expected {2}\S/)
      expect(text).toMatch(new RegExp(`example {3}${env}=\\S`))
    },
  )

  it('[CFG-2] all problems are reported at once', () => {
    const parsed = parseConfig({ PORT: 'x', LOG_LEVEL: 'loud', SHUTDOWN_SECONDS: '0' })
    expect(parsed.ok ? [] : parsed.problems.map(({ env }) => env)).toEqual([
      'PORT',
      'LOG_LEVEL',
      'SHUTDOWN_SECONDS',
    ])
  })

  it('[CFG-2] a secret is never repeated, neither in an error nor in the configuration in effect', () => {
    const secret = 'hunter2-hunter2'
    const parsed = parseConfig({ AUTH_JWT_SECRET: secret, DATABASE_URL: `mysql://u:${secret}@h/d` })
    expect(parsed.ok ? '' : describeProblems(parsed.problems)).not.toContain(secret)
    expect(
      effectiveConfig({ AUTH_JWT_SECRET: secret, DATABASE_URL: `postgres://u:${secret}@h/d` }),
    ).not.toContain(secret)
  })
})

describe('settings that need each other', () => {
  it('[CFG-2][IDENT-11] mail is sent only where the links in it lead to a configured address', () => {
    const SMTP_URL = 'smtp://mail.example.org'
    const alone = parseConfig({ SMTP_URL })
    expect(alone).toMatchObject({ ok: false, problems: [{ env: 'PUBLIC_URL' }] })
    expect(parseConfig({ SMTP_URL, PUBLIC_URL: 'https://lists.example.org/' })).toMatchObject({
      config: { publicUrl: 'https://lists.example.org' },
    })
  })

  it('[CFG-2] keys may come over plain http from this machine only', () => {
    expect(parseConfig({ AUTH_JWKS_URL: 'http://127.0.0.1:8080/keys' })).toMatchObject({ ok: true })
  })
})

describe('sample secrets', () => {
  const samples = [
    'change-me-change-me-change-me-change-me',
    'your-super-secret-jwt-key-change-this-in-production',
    'tests-only-secret-example-0123456789',
    'a'.repeat(40),
    '12345678123456781234567812345678',
    '$(openssl rand -base64 48)-not-expanded-by-the-shell',
  ]

  it.each(samples)('[CFG-3][Z-01] %s is refused in production and taken in development', (secret) => {
    const refused = parseConfig({ NODE_ENV: 'production', AUTH_JWT_SECRET: secret })
    expect(refused).toMatchObject({ ok: false, problems: [{ env: 'AUTH_JWT_SECRET' }] })
    expect(parseConfig({ AUTH_JWT_SECRET: secret })).toMatchObject({ ok: true })
  })

  it.each(['', '  '])(
    '[CFG-3][Z-01] a secret that is there but empty (%j) is refused in production',
    (empty) => {
      const parsed = parseConfig({ NODE_ENV: 'production', AUTH_JWT_SECRET: empty })
      expect(parsed).toMatchObject({ ok: false, problems: [{ env: 'AUTH_JWT_SECRET' }] })
      // Not there at all, and one is generated.
      expect(parseConfig({ NODE_ENV: 'production' })).toMatchObject({ ok: true })
    },
  )

  it('[CFG-3][Z-01] a random secret is taken in production', () => {
    const secret = 'q3mN8vL0xR5tY2wZ7kP1sD4fG6hJ9bC0'
    expect(parseConfig({ NODE_ENV: 'production', AUTH_JWT_SECRET: secret })).toMatchObject({ ok: true })
  })
})
