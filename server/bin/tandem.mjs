#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`tandem: Node.js 22.18 or later is needed, this is ${process.versions.node}.\n`)
  process.exit(1)
}
await import('../src/main.ts')
