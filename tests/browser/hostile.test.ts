import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import type { RunningServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { newPerson, startApp } from './app.ts'
import {
  EMOJI,
  expectHarmless,
  HOSTILE,
  LONG,
  MARKUP,
  RIGHT_TO_LEFT,
  SCRIPT_LINK,
  stranger,
  watchRules,
} from './hostile-page.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 90_000 })

let server: RunningServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startApp({ readyWithinMs: 60_000 }), launchChromium()])
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

it('[APP-83][APP-82][Z-07] hostile text is text wherever it is shown: nothing runs, nothing the page’s rules forbid is tried, and 320 pixels are enough', async () => {
  const anna = await newPerson(browser, server, { viewport: { width: 320, height: 640 }, hasTouch: true })
  const { page, origin } = anna
  const main = page.getByRole('main')
  await watchRules(anna)
  await anna.signIn(RIGHT_TO_LEFT)
  const me = anna.session().user.id
  await expectHarmless(anna, 'no lists')
  const listId = await anna.createList(MARKUP)
  await anna.untilStatus('Saved')
  const { client, list } = await stranger(server, anna, listId)

  const today = new Date().toISOString().slice(0, 10)
  const section = list.sections.add(`${MARKUP} ${'S'.repeat(500)}`).value
  const label = list.labels.add(MARKUP).value
  const ids = list.items.addMany(
    HOSTILE.map((title) => ({ title, due: { date: today }, quantity: 'Q'.repeat(100) })),
  ).value
  for (const id of ids) {
    list.items.assign(id, { add: [me] })
    list.items.label(id, { add: [label] })
    list.items
      .notes(id)
      .replace(`${MARKUP} ${SCRIPT_LINK} https://example.com/${'x'.repeat(1_500)} ${RIGHT_TO_LEFT}`)
    for (const body of HOSTILE) list.comments.add(id, body)
  }
  list.items.add({ title: `in the section ${'V'.repeat(300)}`, place: { at: 'end', section } })
  list.items.remove(list.items.addMany(HOSTILE.map((title) => ({ title }))).value)
  await client.flush()

  await page.reload()
  await until(async () => (await anna.titles()).length === HOSTILE.length + 1, { what: 'the items' })
  await until(async () => (await page.title()).startsWith(MARKUP))
  expect(await anna.titles()).toEqual(expect.arrayContaining(HOSTILE))
  await expectHarmless(anna, 'the list')
  await page.emulateMedia({ media: 'print' })
  await expectHarmless(anna, 'the list on paper')
  await page.emulateMedia({ media: 'screen' })

  for (const [at, id] of ids.entries()) {
    await page.goto(`${origin}/l/${listId}/i/${id}`)
    await page.getByRole('textbox', { name: 'Notes', exact: true }).waitFor()
    await page.getByText(SCRIPT_LINK).first().waitFor()
    await page.locator('.comment-head', { hasText: 'onerror' }).first().waitFor()
    await expectHarmless(anna, `the details of ${HOSTILE[at]?.slice(0, 20)}`)
  }
  for (const place of ['today', 'assigned', 'trash', 'search?q=window.hacked', 'settings', '']) {
    await page.goto(`${origin}/${place}`)
    await page.getByRole('heading').first().waitFor()
    if (place !== '' && place !== 'settings') await main.getByText(MARKUP).first().waitFor()
    await expectHarmless(anna, `/${place}`)
  }
  await page.getByRole('button', { name: 'Open the sidebar' }).click()
  await page.locator('.side').getByRole('link', { name: MARKUP }).waitFor()
  await expectHarmless(anna, 'the sidebar')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Search and commands' }).waitFor()
  await page.keyboard.type('window.hacked')
  await page.getByRole('option', { name: MARKUP }).first().waitFor()
  await expectHarmless(anna, 'the palette')
  await page.keyboard.press('Escape')

  await anna.openList(listId)
  await page.getByRole('button', { name: /^(Share|People)$/ }).click()
  await page.getByRole('dialog').getByText('(you)').waitFor()
  await expectHarmless(anna, 'the share dialog')
  await page.keyboard.press('Escape')
  await anna.fromMenu(LONG, 'Move to …')
  await page.getByRole('dialog').getByRole('button', { name: MARKUP }).first().waitFor()
  await expectHarmless(anna, 'the move dialog')
  await page.keyboard.press('Escape')
  for (const title of HOSTILE) {
    await anna.tick(title)
    await page.locator('.toast').last().waitFor()
    await expectHarmless(anna, `the notice of ${title.slice(0, 20)}`)
    await page.getByRole('button', { name: 'Undo: tick' }).click()
  }
  await page.getByText(/^Trash \(/).click()
  await expectHarmless(anna, 'the trash of the list')
  for (const format of ['Everything', 'Spreadsheet', 'Calendar', 'Text']) {
    await page.getByRole('button', { name: 'More for this list' }).click()
    await page.getByRole('menuitem', { name: 'Export …' }).click()
    await expectHarmless(anna, 'the export dialog')
    const started = page.waitForEvent('download')
    await page.getByRole('dialog').getByRole('button', { name: format }).click()
    const download = await started
    const text = await readFile(await download.path(), 'utf8')
    expect(download.suggestedFilename()).not.toMatch(/[<>"/]/)
    if (format === 'Everything') expect(text).toContain(JSON.stringify(MARKUP))
    if (format === 'Text') expect(text).toContain('- [ ] \\<img src=x')
  }
  expect(anna.complaints).toEqual([])

  // The same item renamed by both, one deleted that she changed, and more of it while she was away.
  await anna.goOffline()
  await anna.untilStatus('Offline')
  await anna.rename(SCRIPT_LINK, `mine ${LONG}`.slice(0, 10_000))
  await anna.rename(EMOJI, RIGHT_TO_LEFT.repeat(40))
  list.items.update(ids[1] ?? '', { title: `theirs ${LONG}`.slice(0, 10_000) })
  list.items.remove(ids[3] ?? '')
  await client.flush()
  await anna.goOnline()
  await page.locator('.collision').first().waitFor()
  await page.getByRole('region', { name: 'Changes that met' }).waitFor()
  await expectHarmless(anna, 'collisions')
  await page.goto('about:blank')
  list.items.add(`${MARKUP} again`)
  await client.flush()
  await anna.openList(listId)
  await page.getByRole('region', { name: 'While you were away' }).getByText(MARKUP).waitFor()
  await expectHarmless(anna, 'the digest')
  expect(anna.complaints).toEqual([])
  client.close()
  await anna.leave()
})

it('[APP-82][Z-07] the page’s rules hold where its code would fail: text is made neither script nor markup, and nothing is fetched from elsewhere', async () => {
  const anna = await newPerson(browser, server)
  const { page } = anna
  await anna.signIn('Anna')
  const outcome = await page.evaluate(async (markup) => {
    const attempt = async (act: () => unknown): Promise<string> => {
      try {
        await act()
        return 'done'
      } catch (error) {
        return (error as Error).name
      }
    }
    const inline = document.createElement('div')
    document.body.append(inline)
    // Out of the call that the test itself makes, which may run what the page may not.
    await new Promise((resolve) => setTimeout(resolve))
    inline.setAttribute('style', 'color: rgb(1, 2, 3)')
    return {
      markup: await attempt(() => {
        inline.innerHTML = markup
      }),
      script: await attempt(() => {
        document.createElement('script').text = 'window.hacked=1'
      }),
      handler: await attempt(() => inline.setAttribute('onclick', 'window.hacked=1')),
      code: await attempt(() => new Function('window.hacked=1')()),
      policy: await attempt(() =>
        (
          window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }
        ).trustedTypes.createPolicy('mine', {}),
      ),
      elsewhere: await attempt(() => fetch('http://127.0.0.1:9/')),
      hacked: 'hacked' in window,
      style: getComputedStyle(inline).color === 'rgb(1, 2, 3)',
    }
  }, MARKUP)
  expect(outcome).toEqual({
    markup: 'TypeError',
    script: 'TypeError',
    handler: 'TypeError',
    code: 'EvalError',
    policy: 'TypeError',
    elsewhere: 'TypeError',
    hacked: false,
    style: false,
  })
  await anna.leave()
})
