import { LOG_LEVELS } from '../telemetry/logger.ts'
import {
  bytes,
  hostName,
  type Kind,
  line,
  oneOf,
  origins,
  path,
  postgresUrl,
  secret,
  secureUrl,
  smtpUrl,
  webUrl,
  wholeNumber,
  word,
} from './parsers.ts'
import { proxies } from './proxies.ts'

const KiB = 1024
const MiB = 1024 * KiB

/** One environment variable. `fallback` is written as a person would set it and goes through the same parser. */
export interface Setting<T, Fallback extends string | null = string | null> {
  readonly env: string
  readonly kind: Kind<T>
  /** Null when leaving it out has a meaning of its own, told in `unset`. */
  readonly fallback: Fallback
  readonly unset?: string
  /** What it sets. */
  readonly what: string
  /** Why somebody would change it, and what that costs. */
  readonly why: string
  readonly example: string
  /** The value is never printed, logged or repeated in an error. */
  readonly isSecret?: true
}

function setting<T, Fallback extends string | null>(definition: Setting<T, Fallback>): Setting<T, Fallback> {
  return definition
}

/** The server's whole configuration; help, documentation and error messages are printed from this table. */
export const SETTINGS = {
  host: setting({
    env: 'HOST',
    kind: hostName,
    fallback: '127.0.0.1',
    what: 'Address to listen on.',
    why: '0.0.0.0 serves other machines. Tandem speaks plain HTTP: put a TLS proxy in front of it then.',
    example: '0.0.0.0',
  }),
  port: setting({
    env: 'PORT',
    kind: wholeNumber(0, 65_535),
    fallback: '4000',
    what: 'Port to listen on; 0 takes any free one and prints it.',
    why: 'Another program has 4000, or the platform you deploy to hands out a port.',
    example: '8080',
  }),
  dataDir: setting({
    env: 'DATA_DIR',
    kind: path,
    fallback: './data',
    what: 'Folder for the embedded database and the generated secret.',
    why: 'Keep the data on a volume of its own. Whoever can read this folder can read every list.',
    example: '/var/lib/tandem',
  }),
  databaseUrl: setting({
    env: 'DATABASE_URL',
    kind: postgresUrl,
    fallback: null,
    unset: 'PostgreSQL runs inside DATA_DIR',
    what: 'PostgreSQL to use in place of the embedded one.',
    why: 'You run PostgreSQL already, want replicas and backups, or run several Tandem servers on one database.',
    example: 'postgres://tandem:secret@db.example.org:5432/tandem',
    isSecret: true,
  }),
  pgPool: setting({
    env: 'PG_POOL',
    kind: wholeNumber(2, 200),
    fallback: '10',
    what: 'Most connections to PostgreSQL.',
    why: 'Lower it when the database allows few connections; more than 20 rarely helps, since edits are committed in groups.',
    example: '5',
  }),
  jwtSecret: setting({
    env: 'AUTH_JWT_SECRET',
    kind: secret(32),
    fallback: null,
    unset: 'generated into DATA_DIR/jwt-secret',
    what: 'Secret that signs and checks tokens (HS256).',
    why: 'Set it to accept tokens of your own application, and whenever several servers must accept the same tokens. Whoever knows it can sign in as anybody; changing it signs everybody out.',
    example: '"$(openssl rand -base64 48)"',
    isSecret: true,
  }),
  jwksUrl: setting({
    env: 'AUTH_JWKS_URL',
    kind: secureUrl,
    fallback: null,
    unset: 'no identity provider',
    what: 'Where an identity provider publishes its public keys; its tokens (RS256, ES256, EdDSA) then count here.',
    why: 'Your application signs people in with Keycloak, Auth0, Entra or the like. Set AUTH_JWT_AUDIENCE too, or tokens the provider made for other services count as well.',
    example: 'https://login.example.org/.well-known/jwks.json',
  }),
  jwtIssuer: setting({
    env: 'AUTH_JWT_ISSUER',
    kind: line,
    fallback: null,
    unset: 'any issuer',
    what: 'What "iss" must be in tokens that this server did not issue itself.',
    why: 'One provider serves several tenants with the same keys, and only one of them is yours.',
    example: 'https://login.example.org/',
  }),
  jwtAudience: setting({
    env: 'AUTH_JWT_AUDIENCE',
    kind: line,
    fallback: null,
    unset: 'any audience',
    what: 'What "aud" must be, or contain, in tokens that this server did not issue itself.',
    why: 'A token made for another service must not open lists here: set it whenever the provider serves more than this server.',
    example: 'tandem',
  }),
  jwtEmails: setting({
    env: 'AUTH_JWT_EMAILS',
    kind: oneOf('verified', 'trusted'),
    fallback: 'verified',
    what: 'Whether "email" in such a token counts only with "email_verified", or always.',
    why: 'An address opens the lists its owner is invited to. Trust addresses only if your users cannot choose them freely.',
    example: 'trusted',
  }),
  accounts: setting({
    env: 'ACCOUNTS',
    kind: oneOf('on', 'off'),
    fallback: 'on',
    what: 'Whether people can make accounts on this server: e-mail and password, passkeys, links by e-mail.',
    why: 'Turn it off when your application issues the tokens. Who has an account then cannot sign in until it is on again.',
    example: 'off',
  }),
  publicUrl: setting({
    env: 'PUBLIC_URL',
    kind: webUrl,
    fallback: null,
    unset: 'taken from each request',
    what: 'Address at which people open this server; links, passkeys and cookies are made for it.',
    why: 'Set it behind a proxy, always with SMTP_URL, and with https wherever it can be reached from elsewhere: cookies are then sent over TLS only. Passkeys are bound to its host name for good.',
    example: 'https://lists.example.org',
  }),
  smtpUrl: setting({
    env: 'SMTP_URL',
    kind: smtpUrl,
    fallback: null,
    unset: 'no mail is sent',
    what: 'Mail server for sign-in links, forgotten passwords, confirming addresses and invitations.',
    why: 'Without it nobody can get back into an account whose password is lost, and no address is ever confirmed, so that invitations by e-mail wait for ever. Needs PUBLIC_URL.',
    example: 'smtps://tandem:secret@mail.example.org:465',
    isSecret: true,
  }),
  mailFrom: setting({
    env: 'MAIL_FROM',
    kind: line,
    fallback: null,
    unset: 'tandem@ and the host of PUBLIC_URL',
    what: 'Sender of those mails.',
    why: 'Your mail server sends for certain addresses only.',
    example: 'Tandem <lists@example.org>',
  }),
  guests: setting({
    env: 'GUESTS',
    kind: oneOf('on', 'off'),
    fallback: 'on',
    what: 'Whether anybody may sign in with just a name.',
    why: 'Turn it off when your application issues the tokens, or when the server can be reached from the internet.',
    example: 'off',
  }),
  guestDays: setting({
    env: 'GUEST_DAYS',
    kind: wholeNumber(1, 3_650),
    fallback: '365',
    what: 'Days until a guest’s token expires.',
    why: 'A guest has no other way back to their lists than the token: shorten it on shared devices only.',
    example: '30',
  }),
  corsOrigins: setting({
    env: 'CORS_ORIGINS',
    kind: origins,
    fallback: null,
    unset: 'only this server’s own pages',
    what: 'Web pages of other origins that may call the API and open sockets.',
    why: 'Your application is served from another origin than Tandem. Such pages use tokens: the cookie of this server’s own pages never counts from elsewhere, not even with *.',
    example: 'https://app.example.org,http://localhost:5173',
  }),
  trustProxy: setting({
    env: 'TRUST_PROXY',
    kind: proxies,
    fallback: 'off',
    what: 'Proxies in front of this server that are believed when they name the caller (X-Forwarded-For, -Proto, -Host).',
    why: 'Behind a proxy all callers seem to have its address, and what is limited by address is limited for all of them together. Only when nobody gets past them: whoever reaches this server directly could claim any address.',
    example: '1',
  }),
  webDir: setting({
    env: 'WEB_DIR',
    kind: path,
    fallback: null,
    unset: 'the reference app',
    what: 'Folder with the built web app that is served at /.',
    why: 'Serve your own app from the same origin.',
    example: './my-app/dist',
  }),
  logLevel: setting({
    env: 'LOG_LEVEL',
    kind: oneOf(...LOG_LEVELS),
    fallback: 'info',
    what: 'Least important line that is still logged.',
    why: 'debug shows every request and every socket; warn keeps a busy server’s log short.',
    example: 'debug',
  }),
  logFormat: setting({
    env: 'LOG_FORMAT',
    kind: oneOf('auto', 'json', 'text'),
    fallback: 'auto',
    what: 'Form of the log on stderr; auto is text on a terminal and JSON elsewhere.',
    why: 'Force json for a log collector, or text to read a piped log.',
    example: 'json',
  }),
  maxSockets: setting({
    env: 'MAX_SOCKETS',
    kind: wholeNumber(1, 1_000_000),
    fallback: '10000',
    what: 'Most open sockets; further ones are asked to come back later.',
    why: 'A socket costs about 50 kB of memory. Raise the limit on open files (ulimit -n) with it.',
    example: '50000',
  }),
  socketsPerUser: setting({
    env: 'SOCKETS_PER_USER',
    kind: wholeNumber(1, 100_000),
    fallback: '100',
    what: 'Most open sockets of one user.',
    why: 'Raise it when one account stands for many devices, a kiosk or a robot; lower it against abuse.',
    example: '1000',
  }),
  socketsPerAddress: setting({
    env: 'SOCKETS_PER_ADDRESS',
    kind: wholeNumber(1, 1_000_000),
    fallback: '8000',
    what: 'Most open sockets from one address (of IPv6, one /64); further ones are asked to come back later.',
    why: 'Below MAX_SOCKETS, so that no single place can take all of them; an office or a school has one address. Behind a proxy set TRUST_PROXY, or everybody has the proxy’s.',
    example: '500',
  }),
  listsPerUser: setting({
    env: 'LISTS_PER_USER',
    kind: wholeNumber(1, 1_000_000),
    fallback: '1000',
    what: 'Most lists that one user may own.',
    why: 'Raise it for one account that makes lists for others, such as a robot; lower it on a server that anybody may use.',
    example: '50',
  }),
  requestsPerMinute: setting({
    env: 'REQUESTS_PER_MINUTE',
    kind: wholeNumber(10, 10_000_000),
    fallback: '6000',
    what: 'Most requests a minute of one user, and of all who are not signed in at one address; further ones are asked to wait.',
    why: 'Raise it for a program that imports a lot by REST; lower it against robots. Each server process counts for itself.',
    example: '600',
  }),
  guestsPerHour: setting({
    env: 'GUESTS_PER_HOUR',
    kind: wholeNumber(1, 10_000_000),
    fallback: '10000',
    what: 'Most guests that may be made in an hour from one address.',
    why: 'Lower it when strangers fill the database with guests; an office or a school has one address, so leave room for all of it.',
    example: '500',
  }),
  updateMaxBytes: setting({
    env: 'UPDATE_MAX_BYTES',
    kind: bytes(16 * KiB, 16 * MiB),
    fallback: '1 MiB',
    what: 'Largest single edit; larger ones are refused.',
    why: 'Raise it to import very large lists in one step. Every socket may hold this much memory.',
    example: '4 MiB',
  }),
  listMaxItems: setting({
    env: 'LIST_MAX_ITEMS',
    kind: wholeNumber(10, 1_000_000),
    fallback: '10000',
    what: 'Most items in one list, not counting the trash.',
    why: 'Raise it if your devices can hold longer lists: each keeps the whole list in memory, about 1 kB an item.',
    example: '50000',
  }),
  listMaxBytes: setting({
    env: 'LIST_MAX_BYTES',
    kind: bytes(64 * KiB, 1024 * MiB),
    fallback: '8 MiB',
    what: 'Largest encoded list; above it only edits that add nothing pass.',
    why: 'A list is loaded and sent as a whole when a device opens it for the first time.',
    example: '32 MiB',
  }),
  snapshotEvery: setting({
    env: 'SNAPSHOT_EVERY',
    kind: wholeNumber(10, 100_000),
    fallback: '500',
    what: 'Edits of a list after which a new snapshot is written.',
    why: 'Smaller opens busy lists faster and writes more. Edits are durable in the log whatever stands here.',
    example: '2000',
  }),
  shutdownSeconds: setting({
    env: 'SHUTDOWN_SECONDS',
    kind: wholeNumber(1, 600),
    fallback: '20',
    what: 'Longest a stop may take before the process ends anyway.',
    why: 'Keep it below what your platform waits before it kills. Nothing acknowledged is lost when it is exceeded.',
    example: '60',
  }),
  environment: setting({
    env: 'NODE_ENV',
    kind: word,
    fallback: 'development',
    what: 'production refuses secrets that stand in examples.',
    why: 'Set it to production wherever real people keep lists.',
    example: 'production',
  }),
} as const

export type SettingName = keyof typeof SETTINGS

type ValueOf<S> = S extends Setting<infer T, infer Fallback> ? (Fallback extends null ? T | null : T) : never

/** Everything parsed and within bounds; null stands for "not set". */
export type Config = { readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> }
