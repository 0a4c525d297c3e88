import { spawnSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { buildWeb } from '../../../scripts/check/build-web.ts'
import { checkBundle, FIRST_ROUTE_KB } from '../../../scripts/check/bundle.ts'
import { launchChromium } from '../../support/chromium.ts'
import { startServer } from '../../support/server.ts'
import { percentile } from '../core/measure.ts'
import * as measures from './measures.ts'
import { startPeer } from './peer.ts'
import { installProbe } from './probe.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const ITEMS = 1_000
const MANY = 5_000
const SLOWER = 4

if (process.env['WEB_DIR'] === undefined)
  spawnSync(process.execPath, [`${root}scripts/build-web-if-stale.ts`], { stdio: 'inherit' })
const browser = await launchChromium()
const server = await startServer({ databaseUrl: null, readyWithinMs: 60_000 })
const peer = await startPeer()
const stage = { browser, server }
const show = (name: string, spent: readonly number[], after = ''): void => {
  const [p50, p95] = [percentile(spent, 50), percentile(spent, 95)]
  console.log(
    `${name.padEnd(58)} p50 ${p50.toFixed(0).padStart(5)} ms  p95 ${p95.toFixed(0).padStart(5)} ms  ${after}`,
  )
}
try {
  const load = loadavg()[0]?.toFixed(1)
  console.log(
    `machine: ${cpus().length} × ${cpus()[0]?.model ?? '?'}, load ${load}, Chromium ${browser.version()}\n`,
  )

  const thousand = await measures.listOf(stage, ITEMS)
  const beside = await (await browser.newContext({ viewport: { width: 1000, height: 800 } })).newPage()
  await beside.addInitScript(installProbe)
  await beside.goto(`${peer.url}/#${ITEMS}`)
  for (const slower of [1, SLOWER]) {
    const how = slower === 1 ? '' : `, processor ${slower} × slower`
    // Each twice in turn, so that a machine that slows down does not favour one of them.
    const ours: number[] = []
    const theirs: number[] = []
    for (let turn = 0; turn < 2; turn++) {
      ours.push(...(await measures.tapToPaint(thousand.anna.page, slower)))
      theirs.push(...(await measures.tapToPaint(beside, slower)))
    }
    const ratio = (percentile(ours, 50) / percentile(theirs, 50)).toFixed(2)
    show(`tap to paint, ${ITEMS} items${how}`, ours, slower === 1 ? 'target 50' : '')
    show('  the naive page beside it', theirs, `Tandem ÷ naive ${ratio}`)
  }
  show(`edit of another visible, ${ITEMS} items`, await measures.remoteVisible(stage, thousand), 'target 300')
  show(
    `cold start offline until interactive, ${ITEMS} items`,
    await measures.coldStartOffline(thousand),
    'target 1000',
  )
  show('a letter into notes of 100,000 characters', await measures.typeNotes(thousand))
  const { plain, given } = await measures.shiftOfRemote(thousand)
  console.log(
    `layout shift of 50 edits of others: ${plain.toFixed(4)}; of 50 dates, labels and people: ${given.toFixed(4)}`,
  )
  await thousand.helper.client.close()
  await thousand.anna.leave()

  const many = await measures.listOf(stage, MANY)
  const tick = await measures.tickInMany(many)
  show(`tick of one of ${MANY}`, tick.spent, `rows rendered: at most ${Math.max(...tick.rendered)}`)
  const frames = await measures.scrollMany(many)
  const long = frames.filter((ms) => ms > 50).length
  show(`a frame while all ${MANY} are scrolled through`, frames, `${long} of ${frames.length} above 50 ms`)
  await many.helper.client.close()
  await many.anna.leave()

  const { kb } = checkBundle(buildWeb(root))
  console.log(`script of the first route, gzip: ${kb} kB, allowed ${FIRST_ROUTE_KB}`)
} finally {
  await peer.stop()
  await browser.close()
  await server.stop()
}
