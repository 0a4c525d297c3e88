/**
 * Builds what would be published: JavaScript and types of each package in `<package>/dist`, with a package.json that points at them.
 *
 * In the repository packages run from their sources; nobody else should have to.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

for (const name of ['client-sdk', 'persistence', 'server']) {
  const folder = join(root, name)
  const out = join(folder, 'dist')
  rmSync(out, { recursive: true, force: true })
  writeFileSync(
    join(root, `tsconfig.${name}.build.json`),
    JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: {
        noEmit: false,
        declaration: true,
        rewriteRelativeImportExtensions: true,
        rootDir: `${name}/src`,
        outDir: `${name}/dist`,
      },
      include: [`${name}/src`],
    }),
  )
  const tsc = spawnSync('tsc', ['-p', join(root, `tsconfig.${name}.build.json`)], { stdio: 'inherit' })
  rmSync(join(root, `tsconfig.${name}.build.json`))
  if (tsc.status !== 0) process.exit(1)
  cpSync(join(folder, 'src'), out, { recursive: true, filter: (path) => !/\.tsx?$/.test(path) })
  const command = join(folder, 'bin', 'tandem.mjs')
  if (existsSync(command)) {
    mkdirSync(join(out, 'bin'))
    const built = readFileSync(command, 'utf8').replace('../src/main.ts', '../main.js')
    writeFileSync(join(out, 'bin', 'tandem.mjs'), built, { mode: 0o755 })
  }
  cpSync(join(folder, 'README.md'), join(out, 'README.md'))
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(published(folder), null, 2)}\n`)
  console.log(`${name}/dist`)
}

/** The package's own manifest with each entry point at its built file. */
function published(folder: string): object {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    exports: Record<string, string>
  }
  const exports = Object.entries(manifest.exports).map(([entry, source]) => {
    const built = source.replace('./src/', './')
    return [
      entry,
      { types: built.replace(/\.ts$/, '.d.ts'), default: built.replace(/\.ts$/, '.js') },
    ] as const
  })
  return { ...manifest, exports: Object.fromEntries(exports) }
}
