/** `npm run bench -- <name>`: prints figures; asserts nothing. */
const BENCHES: Record<string, { file: string; what: string }> = {
  core: {
    file: './core/main.ts',
    what: 'acknowledgement, propagation and CPU beside stock Hocuspocus; cold open',
  },
  app: {
    file: './app/main.ts',
    what: 'the web app: tap to paint, edits of others, cold start, long lists, layout shift, script',
  },
  append: { file: './append.ts', what: 'group commit: appends per second and their CPU' },
  gate: { file: './gate.ts', what: 'cost of judging an update beside applying it' },
  model: { file: './model.ts', what: 'loading and ticking large lists' },
}

const name = process.argv[2] ?? ''
const bench = BENCHES[name]
if (bench === undefined) {
  console.error('usage: npm run bench -- <name>\n')
  for (const [key, { what }] of Object.entries(BENCHES)) console.error(`  ${key.padEnd(8)} ${what}`)
  process.exitCode = 2
} else {
  await import(bench.file)
}
