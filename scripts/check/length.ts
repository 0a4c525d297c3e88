import type { Fault, SourceFile } from './fault.ts'

export const MAX_LINES = 400
export const QUESTIONABLE_LINES = 250

export function checkLength(files: readonly SourceFile[]): { faults: Fault[]; warnings: Fault[] } {
  const faults: Fault[] = []
  const warnings: Fault[] = []
  for (const file of files) {
    // Nobody reads it, and whoever would split it splits it again with the next generation.
    if (file.text.startsWith('// Generated from ')) continue
    const lines = countLines(file.text)
    if (lines > MAX_LINES) {
      faults.push({ file: file.path, message: `${lines} lines; the cap is ${MAX_LINES}: one concept a file` })
    } else if (lines > QUESTIONABLE_LINES) {
      warnings.push({
        file: file.path,
        message: `${lines} lines; past ${QUESTIONABLE_LINES}, is it one concept?`,
      })
    }
  }
  return { faults, warnings }
}

export function countLines(text: string): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}
