import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ACTIONS, can } from '../../../client-sdk/src/protocol/can.ts'
import { ROLES } from '../../../client-sdk/src/protocol/messages.ts'

const text = readFileSync(new URL('../../../docs/security.md', import.meta.url), 'utf8')

/** The table after `<!-- rights -->`: the name of the action in the first cell of each row, roles in the first row. */
function printedRights(): { roles: string[]; rights: Record<string, string[]> } {
  const table = /<!-- rights -->\n\n((?:\|.*\n)+)/.exec(text)?.[1] ?? ''
  const [head = [], , ...rows] = table
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    )
  const rights = rows.map(([what = '', ...cells]) => [/^`([a-z-]+)`/.exec(what)?.[1] ?? what, cells])
  return { roles: head.slice(1), rights: Object.fromEntries(rights) as Record<string, string[]> }
}

it('[TOOL-11][ROLE-1] the rights printed in security.md are those of the table that decides', () => {
  const words = (action: (typeof ACTIONS)[number]): string[] =>
    ROLES.map((role) => {
      if (can(role, action, { editorsMayShare: false })) return 'yes'
      return can(role, action, { editorsMayShare: true }) ? 'if the list says so' : ''
    })
  const decided = Object.fromEntries(ACTIONS.map((action) => [action, words(action)]))
  expect(printedRights()).toEqual({ roles: [...ROLES], rights: decided })
})
