import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { writeServiceWorkerFiles } from './service-worker-files.ts'

const SERVER = 'http://127.0.0.1:4000'

export default defineConfig({
  plugins: [react(), serviceWorkerFiles()],
  build: {
    // The page's rules forbid inline scripts, and every browser that can run the app preloads modules by itself.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What a list needs is one file and not eighty: those pack worse, and each is another request. The rest is split where it is lazy.
        codeSplitting: {
          groups: [{ name: 'first', test: /examples\/web\/src\/(main|list\/list-page)\.tsx$/ }],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': SERVER,
      '/health': SERVER,
      '/sync': { target: SERVER, ws: true },
    },
  },
})

/** The worker is no part of the bundle: its name must stay the same from build to build. Development does without it. */
function serviceWorkerFiles(): Plugin {
  let folder = ''
  return {
    name: 'service-worker-files',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir)
    },
    // Also the files of `public/` are there by now.
    closeBundle: { order: 'post', sequential: true, handler: () => writeServiceWorkerFiles(folder) },
  }
}
