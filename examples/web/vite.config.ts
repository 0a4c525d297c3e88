import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const SERVER = 'http://127.0.0.1:4000'

export default defineConfig({
  plugins: [react()],
  build: {
    // The page's rules forbid inline scripts, and every browser that can run the app preloads modules by itself.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      '/api': SERVER,
      '/health': SERVER,
      '/sync': { target: SERVER, ws: true },
    },
  },
})
