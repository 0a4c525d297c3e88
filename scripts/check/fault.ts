/** One thing that is wrong, said so that whoever reads it knows what to do. */
export interface Fault {
  readonly file: string
  /** 1-based; absent when the fault is about the whole file. */
  readonly line?: number
  readonly message: string
}

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string
  readonly text: string
}

export function formatFault(fault: Fault): string {
  const place = fault.line === undefined ? fault.file : `${fault.file}:${fault.line}`
  return `  ${place}  ${fault.message}`
}

export function lineAt(text: string, index: number): number {
  let line = 1
  for (let i = 0; i < index && i < text.length; i++) if (text[i] === '\n') line += 1
  return line
}
