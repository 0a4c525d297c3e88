import type { Directory, ListId, Storage } from '@tandem/persistence'
import type { Terminal } from './terminal.ts'
import { type ListReport, verifyList } from './verify-list.ts'

const PAGE = 500

/** `tandem verify`: exit code 1 when anything stored is not as it was written, else 0. */
export async function verify(
  storage: Storage,
  terminal: Terminal,
  options: { list: string | null; json: boolean },
): Promise<number> {
  let lists = 0
  let updates = 0
  let damaged = 0
  for await (const list of chosenLists(storage.directory, options.list)) {
    const report = await verifyList(storage.log, list)
    lists += 1
    updates += report.updates
    if (report.findings.length > 0) damaged += 1
    if (options.json) terminal.out(JSON.stringify(report))
    else if (report.findings.length > 0 || options.list !== null) terminal.out(describeReport(report))
  }
  if (!options.json) terminal.out(describeTotals(lists, updates, damaged))
  return damaged === 0 ? 0 : 1
}

async function* chosenLists(directory: Directory, chosen: string | null): AsyncGenerator<ListId> {
  if (chosen !== null) {
    yield chosen as ListId
    return
  }
  let after: ListId | null = null
  for (;;) {
    const page: ListId[] = await directory.listIds(after, PAGE)
    yield* page
    after = page.at(-1) ?? null
    if (page.length < PAGE) return
  }
}

function describeReport({ list, updates, snapshotSeq, findings }: ListReport): string {
  const snapshot = snapshotSeq === null ? 'no snapshot' : `snapshot ${snapshotSeq}`
  const head = `${findings.length === 0 ? 'ok     ' : 'DAMAGED'} ${list}  ${plural(updates, 'update')}, ${snapshot}`
  return [head, ...findings.map(({ kind, detail }) => `        ${kind.padEnd(19)} ${detail}`)].join('\n')
}

function describeTotals(lists: number, updates: number, damaged: number): string {
  const replayed = `Replayed ${plural(updates, 'update')} of ${plural(lists, 'list')}: `
  return (
    replayed + (damaged === 0 ? 'everything is as it was written.' : `${plural(damaged, 'list')} damaged.`)
  )
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}
