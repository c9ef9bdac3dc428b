/** Vitest's configuration for a test that was made by the console: `callchart/…` means these sources. */
const conditions = ['callchart-source']

export default { resolve: { conditions }, ssr: { resolve: { conditions } } }
