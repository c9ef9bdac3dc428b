/** Ended calls beyond those that the page lists by itself. */
import { gunzipSync, gzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { Stage, TOKEN } from '../admin/stage.ts'
import { barriersIn } from './axe.ts'
import { openChromium, Watched } from './chromium.ts'

const ENDED = 1_200

test('are looked through for words when somebody asks, from the newest to the oldest', async () => {
  await using stage = await Stage.open()
  for (const who of ['zoe@fabrikam.com', 'bob@fabrikam.com']) {
    const call = await stage.rig.ring(who)
    call.hangUp()
    await stage.rig.advance(20 * 60_000)
  }
  await stage.rig.crash()
  multiply(stage.rig.database, ENDED - 2)
  await stage.restart()
  const browser = await openChromium()
  try {
    await using watched = await Watched.open(browser)
    const { page } = watched
    await page.goto(`${stage.rig.publicUrl}/console#token=${TOKEN}`)
    await page.getByText('500 listed').waitFor()
    await page.getByLabel('Search calls').fill('zoe')
    await page.getByText('the latest 500 of 1,200 that ended').waitFor()
    expect(await barriersIn(page)).toEqual([])
    await page.getByRole('button', { name: 'Look through older ones' }).click()
    await page.getByText('Looked through all that ended, 1,200 calls: 1 call found.').waitFor()
    await page.getByText('1 listed').waitFor()
    await page.getByRole('grid', { name: 'Calls' }).getByRole('link', { name: /zoe/i }).waitFor()
    await page.getByLabel('Search calls').fill('nobody')
    await page.getByText('the latest 500 of 1,200 that ended').waitFor()
    watched.expectWellBehaved(stage.rig.publicUrl)
  } finally {
    await browser.close()
  }
})

/** Packs so many more calls like the newest. */
function multiply(path: string, times: number): void {
  const database = new Database(path)
  const newest = database.prepare<[], Packed>('SELECT * FROM ended ORDER BY id DESC LIMIT 1')
  const row = newest.get()
  if (!row) throw new Error('No call has been packed.')
  const insert = database.prepare<[Packed]>(
    `INSERT INTO ended VALUES (@id, @key, @graph_id, @chart_id, @chart_version, @sequence, @started_ms, @ended_ms, @past)`,
  )
  const past = gunzipSync(row.past).toString()
  for (let count = 1; count <= times; count += 1) {
    const key = `${row.key.slice(0, -4)}${String(count).padStart(4, '0')}`
    const packed = gzipSync(past.replaceAll(row.key, key))
    insert.run({ ...row, id: row.id + count, key, graph_id: key, past: packed })
  }
  // How many calls there have been, the table of calls says.
  database.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'call'").run(row.id + times)
  database.close()
}

type Packed = {
  readonly id: number
  readonly key: string
  readonly graph_id: string
  readonly chart_id: string
  readonly chart_version: string
  readonly sequence: number
  readonly started_ms: number
  readonly ended_ms: number
  readonly past: Buffer
}
