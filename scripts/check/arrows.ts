import { posix } from 'node:path'
import { type Fault, lineAt, type SourceFile } from './fault.ts'

/**
 * Which part of the repository may import which.
 *
 *     client-sdk/{model,protocol}  ←  server  →  persistence
 *     examples/web  →  the SDK's public entry points
 *     tests, scripts see everything; nothing that ships sees them
 */
const PARTS: readonly Part[] = [
  {
    home: 'client-sdk/src/model/',
    reach: ['client-sdk/src/model/', 'client-sdk/src/protocol/'],
    forbidden: [/^node:/, /^@tandem\//, /^react/],
    why: 'the list model is pure: the server, the SDK and other clients share it',
  },
  {
    home: 'client-sdk/src/protocol/',
    reach: ['client-sdk/src/protocol/', 'client-sdk/src/model/'],
    forbidden: [/^node:/, /^@tandem\//, /^react/],
    why: 'the protocol is pure: the server and the SDK share it',
  },
  {
    home: 'client-sdk/src/react/',
    reach: ['client-sdk/src/'],
    forbidden: [/^node:/, /^@tandem\//],
    why: 'the SDK runs in browsers and knows neither server nor persistence',
  },
  {
    home: 'client-sdk/',
    reach: ['client-sdk/'],
    forbidden: [/^node:/, /^@tandem\//, /^react/],
    why: 'the SDK runs in browsers, knows neither server nor persistence, and uses React only in src/react',
  },
  {
    home: 'persistence/',
    reach: ['persistence/'],
    forbidden: [/^@tandem\//, /^yjs/, /^y-/, /^ws$/, /^@hocuspocus\//, /^fastify/],
    why: 'persistence speaks bytes, ids and positions, and knows nothing of sockets and documents',
  },
  {
    home: 'server/',
    reach: ['server/'],
    forbidden: [/^@tandem\/client-sdk(?!\/(model|protocol)$)/, /^react/],
    why: "the server shares only the SDK's model and protocol",
  },
  {
    home: 'examples/web/',
    reach: ['examples/web/'],
    forbidden: [/^@tandem\/(?!client-sdk(\/(react|exchange|model))?$)/, /^yjs/, /^@hocuspocus\//],
    why: 'the example shows what anyone can build on the public SDK',
  },
]

interface Part {
  readonly home: string
  readonly reach: readonly string[]
  readonly forbidden: readonly RegExp[]
  readonly why: string
}

const CODE = /\.(ts|tsx|mts|js|mjs)$/
const STATIC_IMPORT = /^[ \t]*(?:import|export)\b(?:[^'";]*?\bfrom)?\s*(['"])([^'"\n]+)\1/gm
const DYNAMIC_IMPORT = /\bimport\(\s*(['"])([^'"\n]+)\1\s*\)/g

export interface ImportFound {
  readonly specifier: string
  readonly line: number
}

export function importsOf(text: string): ImportFound[] {
  return [...text.matchAll(STATIC_IMPORT), ...text.matchAll(DYNAMIC_IMPORT)].map((match) => ({
    specifier: match[2] ?? '',
    line: lineAt(text, match.index + match[0].length),
  }))
}

export function checkArrows(files: readonly SourceFile[]): Fault[] {
  const faults: Fault[] = []
  for (const file of files) {
    if (!CODE.test(file.path)) continue
    const part = PARTS.find((candidate) => file.path.startsWith(candidate.home))
    for (const { specifier, line } of importsOf(file.text)) {
      const complaint = complain(file.path, specifier, part)
      if (complaint !== null) faults.push({ file: file.path, line, message: complaint })
    }
  }
  return faults
}

function complain(path: string, specifier: string, part: Part | undefined): string | null {
  if (specifier.startsWith('.')) {
    if (/\.ts$|\.tsx$/.test(path) && !/\.[a-z]+(\?[a-z]+)?$/.test(specifier)) {
      return `imports "${specifier}" without its extension; Node runs these sources as they are, so write .ts`
    }
    const target = posix.normalize(posix.join(posix.dirname(path), specifier))
    if (part === undefined || part.reach.some((folder) => target.startsWith(folder))) return null
    return `imports ${target}, out of bounds: ${part.why}`
  }
  return part?.forbidden.some((pattern) => pattern.test(specifier)) === true
    ? `imports "${specifier}", out of bounds: ${part.why}`
    : null
}
