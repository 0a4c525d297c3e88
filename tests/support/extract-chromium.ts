/** Run as a process of its own with TMPDIR set: the package unpacks into whatever the temporary directory is. */
import chromium from '@sparticuz/chromium'

console.log(await chromium.executablePath())
