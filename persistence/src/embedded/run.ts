import { spawn } from 'node:child_process'
import { childEnvironment } from '../environment.ts'

export interface Invocation {
  readonly file: string
  readonly args: readonly string[]
  readonly uid?: number
  readonly gid?: number
}

export interface Finished {
  readonly code: number | null
  readonly output: string
}

/** Runs a program to its end and collects what it printed; never rejects, a program that cannot start has code null. */
export function run(invocation: Invocation): Promise<Finished> {
  return new Promise((resolve) => {
    const { file, args, ...identity } = invocation
    const child = spawn(file, args, {
      ...identity,
      cwd: '/',
      env: childEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-20_000)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', (error) => resolve({ code: null, output: `${output}${error.message}` }))
    child.once('close', (code) => resolve({ code, output }))
  })
}
