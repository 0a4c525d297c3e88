import { type Fault, lineAt, type SourceFile } from './fault.ts'
import { stripComments } from './strip-comments.ts'

type Impurity = 'clock' | 'chance' | 'timer' | 'environment'

/** The only shipped files that may touch the world by themselves; everything else is handed what it needs. */
export const ADAPTERS: Readonly<Record<string, readonly Impurity[]>> = {
  'client-sdk/src/environment.ts': ['clock', 'chance', 'timer'],
  'server/src/clock.ts': ['clock', 'chance', 'timer'],
  'server/src/config/environment.ts': ['environment'],
  'persistence/src/environment.ts': ['clock', 'chance', 'timer', 'environment'],
}

const RULES: readonly { readonly impurity: Impurity; readonly pattern: RegExp; readonly name: string }[] = [
  { impurity: 'clock', pattern: /\bDate\.now\b/g, name: 'Date.now' },
  { impurity: 'clock', pattern: /\bnew Date\(\s*\)/g, name: 'new Date()' },
  { impurity: 'clock', pattern: /\bperformance\.now\b/g, name: 'performance.now' },
  { impurity: 'chance', pattern: /\bMath\.random\b/g, name: 'Math.random' },
  // `clock.setTimeout(…)` is somebody's port; `setTimeout(…)`, `globalThis.setTimeout` and an import of it are not.
  {
    impurity: 'timer',
    pattern: /(?:(?<![.\w])|\b(?:globalThis|window|self)\.)(?:setTimeout|setInterval)\b(?!\s*[?:])/g,
    name: 'setTimeout/setInterval',
  },
  { impurity: 'environment', pattern: /\bprocess\.env\b/g, name: 'process.env' },
]

const SHIPPED = /^(client-sdk|server|persistence)\/src\/.*\.tsx?$/

export function checkAdapters(files: readonly SourceFile[]): Fault[] {
  const faults: Fault[] = []
  for (const file of files) {
    if (!SHIPPED.test(file.path)) continue
    const allowed = ADAPTERS[file.path] ?? []
    const code = stripComments(file.text)
    for (const rule of RULES) {
      if (allowed.includes(rule.impurity)) continue
      for (const match of code.matchAll(rule.pattern)) {
        faults.push({
          file: file.path,
          line: lineAt(code, match.index),
          message: `uses ${rule.name}; take the ${rule.impurity} as a parameter, so that tests own it`,
        })
      }
    }
  }
  return faults
}
