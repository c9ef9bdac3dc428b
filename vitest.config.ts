import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['callchart-source'] },
  ssr: { resolve: { conditions: ['callchart-source'] } },
  test: {
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    globalSetup: 'test/browser/freshPage.ts',
    // Patience for a machine with other things to do: no claim is about time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
