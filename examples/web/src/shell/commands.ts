import { type ReactNode, useEffect, useRef } from 'react'

/** Something the palette can do. `id` is its name among all commands. */
export interface Command {
  readonly id: string
  readonly words: string
  /** `page`: of what is on the screen, and offered first. `go`: leads somewhere. `app`: concerns everything. Default `page`. */
  readonly group?: CommandGroup
  readonly icon?: ReactNode
  /** Said behind it, smaller: the list an item is in. */
  readonly detail?: string
  /** The key that does the same, in the syntax of the shortcut table. */
  readonly keys?: readonly string[]
  /** Found by these words as well. */
  readonly also?: string
  run(): void
}

export type CommandGroup = 'page' | 'go' | 'app'

const sources = new Set<() => readonly Command[]>()

/** Offers these in the palette for as long as the component is there. They are read when the palette opens. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  useEffect(() => {
    const source = (): readonly Command[] => latest.current
    sources.add(source)
    return () => {
      sources.delete(source)
    }
  }, [])
}

/** Of two with one name the later one counts: a page knows better than the shell. */
export function commandsNow(): readonly Command[] {
  const byId = new Map<string, Command>()
  for (const source of sources) for (const command of source()) byId.set(command.id, command)
  return [...byId.values()]
}
