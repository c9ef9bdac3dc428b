/** Builds the console's page into dist/console, beside the compiled engine that serves it. */
import { join } from 'node:path'
import { defineConfig } from 'vite'

const root = join(import.meta.dirname, 'src/console/ui')

export default defineConfig({
  root,
  // The engine may serve the page below any path.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: join(import.meta.dirname, 'dist/console'),
    emptyOutDir: true,
    // The page's policy allows its own files only: none is written into another as a URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    target: 'es2023',
  },
})
