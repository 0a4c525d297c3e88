import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it } from 'vitest'
import {
  useAccess,
  useCan,
  useInvitations,
  useLinks,
  useMembers,
  useSharing,
} from '../../../client-sdk/src/react/index.ts'
import { workbench } from './workbench.ts'

it('[SDKA-16] a page about a list’s people renders on a server, with nobody on it and nothing allowed', async () => {
  const { list } = await workbench()
  const Page = () => {
    const people = [useMembers(list), useInvitations(list), useLinks(list)].map((all) => all.length)
    const says = [useCan(list).edit, useAccess(list).state, useSharing(list).editorsMayShare]
    return createElement('p', null, [...people, ...says].join('|'))
  }
  expect(renderToString(createElement(Page))).toBe('<p>0|0|0|false|member|false</p>')
})
