import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['callchart-source'] },
  ssr: { resolve: { conditions: ['callchart-source'] } },
  test: {
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    globalSetup: 'test/browser/freshPage.ts',
    testTimeout: 30_000,
  },
})
