#!/usr/bin/env node
/**
 * Where `npm create callchart` begins: an old Node is told so before a bot is made that it could not run.
 * Nothing may be imported here, and no syntax used that Node 20 lacks.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major > 22 || (major === 22 && minor >= 18)) {
  const { run } = await import('./run.ts')
  process.exitCode = await run(process.argv.slice(2))
} else {
  console.error(
    `Callchart needs Node 22.18 or newer, and this is Node ${process.versions.node}. Install a newer one from nodejs.org and start again.`,
  )
  process.exitCode = 1
}
