/** `npm run bless`: writes the charts as they are now, and the goldens of new chart versions. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addGolden, readGoldens } from '../../snapshots/index.ts'
import { basesFolder, grownBase } from './bases.ts'
import { bare, callCharts, chartFiles, chartsFolder, goldenFolder, goldensOf } from './blessed.ts'

const files = await chartFiles()
mkdirSync(chartsFolder, { recursive: true })
for (const stale of readdirSync(chartsFolder)) rmSync(join(chartsFolder, stale))
for (const [name, text] of files) writeFileSync(join(chartsFolder, name), text)

// A golden is never rewritten: calls already stored are not either.
mkdirSync(goldenFolder, { recursive: true })
const nameOf = (golden: { chartId: string; chartVersion: string; name: string }) =>
  `${golden.chartId} ${golden.chartVersion} ${golden.name}`
const known = new Set(readGoldens(goldenFolder).map(nameOf))
const added = (await callCharts()).flatMap(goldensOf).filter((golden) => !known.has(nameOf(golden)))
for (const golden of added) addGolden(goldenFolder, golden)

mkdirSync(basesFolder, { recursive: true })
const base = grownBase(bare)
writeFileSync(base.path, base.text)

console.log(`Wrote ${files.size} chart files and ${added.length} new goldens. Read the difference.`)
