/** The page before a busy engine: 5,000 live calls of which 500 a second move. */
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { start } from '../cli/callchart.ts'
import { openChromium, Watched } from './chromium.ts'

const CALLS = 5_000
const NOTIFICATIONS_A_SECOND = 500
const TOKEN = 'a-token-that-nobody-can-guess'

/** Measured by the page itself: every frame, and every piece of work that held it up for 50 ms or more. */
const MEASURE = `
  window.measured = { frames: [], longTasks: [] }
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.measured.longTasks.push(duration)
  }).observe({ type: 'longtask' })
  let before = performance.now()
  const frame = (now) => {
    window.measured.frames.push(now - before)
    before = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
`

type Measured = { readonly frames: readonly number[]; readonly longTasks: readonly number[] }

test('thousands of calls at hundreds of notifications a second are listed, found and scrolled through', async () => {
  await using crowd = start([String(CALLS), String(NOTIFICATIONS_A_SECOND), TOKEN], {
    main: fileURLToPath(new URL('crowd.ts', import.meta.url)),
  })
  const [link, browser] = await Promise.all([crowd.said(/console (\S+)/), openChromium()])
  try {
    await using watched = await Watched.open(browser)
    const { page } = watched
    await page.goto(link)
    await page.getByText(`5,000 listed`).waitFor()
    await page.evaluate(MEASURE)

    const grid = page.getByRole('grid', { name: 'Calls' })
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(CALLS + 1))
    expect(await grid.getByRole('row').count()).toBeLessThan(60)
    await scrollThrough(page)
    await grid.focus()
    await page.keyboard.press('End')
    await page.locator(`[aria-rowindex="${CALLS + 1}"]`).waitFor()
    await page.getByLabel('Search calls').pressSequentially('b0000000 4999')
    await page.getByText('1 listed').waitFor()
    const found = grid.getByRole('row').nth(1)
    await found.getByTitle('hold', { exact: true }).waitFor()
    await found.getByTitle('established', { exact: true }).waitFor()
    await grid.getByRole('link').click()
    await page
      .getByRole('region', { name: 'Timeline' })
      .getByText('callState.hold')
      .first()
      .waitFor()
    await page.getByRole('link', { name: 'Calls', exact: true }).click()
    await page.getByText('5,000 listed').or(page.getByText('1 listed')).waitFor()

    const measured = await page.evaluate<Measured>('window.measured')
    console.log(inWords(measured))
    watched.expectWellBehaved(new URL(link).origin)
  } finally {
    await browser.close()
  }
})

/** Two seconds of scrolling by the wheel. */
async function scrollThrough(page: Page): Promise<void> {
  await page.mouse.move(600, 500)
  for (let turn = 0; turn < 60; turn += 1) await page.mouse.wheel(0, 1_200)
}

function inWords({ frames, longTasks }: Measured): string {
  const at = (share: number) => frames.toSorted((a, b) => a - b)[Math.floor(frames.length * share)]
  const ms = (value = 0) => `${value.toFixed(0)} ms`
  const seconds = frames.reduce((sum, each) => sum + each, 0) / 1_000
  return [
    `${frames.length} frames in ${seconds.toFixed(1)} s:`,
    `median ${ms(at(0.5))}, 95% below ${ms(at(0.95))}, 99% below ${ms(at(0.99))}, longest ${ms(Math.max(...frames))};`,
    `${longTasks.length} long tasks, longest ${ms(Math.max(0, ...longTasks))}`,
  ].join(' ')
}
