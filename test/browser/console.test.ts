/** The console as people use it: a real browser before what `npm start` runs. */
import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import packageFile from '../../package.json' with { type: 'json' }
import { frontDesk, type Running, start } from '../cli/callchart.ts'
import { MadeTests } from '../madeTests.ts'
import { barriersIn } from './axe.ts'
import { openChromium, Watched } from './chromium.ts'
import { picture } from './pictures.ts'

let running: Running
let browser: Browser
/** The link that is printed, with the token in it. */
let link: string
let origin: string

beforeAll(async () => {
  running = start([
    ...['start', frontDesk, '--no-caller'],
    ...['--port', '0', '--emulator-port', '0'],
    // A prompt ends, and a call that rings is given up, when the test has seen enough of it.
    ...['--switch', 'prompts=manual', '--switch', 'answerTimeoutMs=3600000'],
  ])
  const [said, opened] = await Promise.all([running.said(/console +(http\S+)/), openChromium()])
  link = said
  origin = new URL(link).origin
  browser = opened
})

afterAll(async () => {
  await browser?.close()
  await running?.end()
})

/** The console, entered by the printed link. */
async function enter(colorScheme: 'light' | 'dark' = 'light'): Promise<Watched> {
  const watched = await Watched.open(browser, { colorScheme, acceptDownloads: true })
  await watched.page.goto(link)
  await watched.page.getByRole('link', { name: 'Emulated world', exact: true }).waitFor()
  return watched
}

/** Rings by the page, and looks at the call; resolves to the call's key. */
async function ring(page: Page, from: string): Promise<string> {
  await page.getByRole('link', { name: 'Emulated world', exact: true }).click()
  await page.getByLabel('Who rings').fill(from)
  await page.getByRole('button', { name: 'Ring', exact: true }).click()
  const name = from.replace(/@.*/, '')
  const row = page.getByRole('region', { name: 'Calls that live' })
  await row
    .getByRole('link', { name: new RegExp(name, 'i') })
    .first()
    .click()
  await page.getByRole('region', { name: 'Scenario' }).waitFor()
  return decodeURIComponent(new URL(page.url()).hash.replace(/^#\/calls\//, ''))
}

/** A state of the scenario while it is lit. */
function lit(page: Page, state: string): Locator {
  return page
    .getByRole('region', { name: 'Scenario' })
    .locator('.state.active.leaf')
    .filter({ has: page.getByText(state, { exact: true }) })
}

/** The scenario's state at the moment shown, once it is shown. */
async function scenarioAt(page: Page): Promise<string> {
  const at = await page.getByRole('slider', { name: 'Moment' }).inputValue()
  await page.locator(`.moment-${at}`).waitFor()
  const title = page.getByRole('region', { name: 'Scenario' }).locator('.state.active.leaf .title')
  return (await title.textContent()) ?? ''
}

test('what is looked at here is what npm start runs', () => {
  expect(packageFile.scripts.start).toMatch(
    /src\/cli\/main\.ts start examples\/front-desk\/chart\.ts$/,
  )
})

describe('the door', () => {
  test('asks for the token, says when it is wrong, and lets in whoever has it', async () => {
    await using watched = await Watched.open(browser)
    const { page } = watched
    await page.goto(`${origin}/console`)
    await page.getByLabel('Admin token').fill('not-the-token-that-was-printed')
    await page.getByRole('button', { name: 'Enter' }).click()
    expect(await page.getByRole('alert').textContent()).toContain('CALLCHART_ADMIN_TOKEN')
    expect(await barriersIn(page)).toEqual([])
    await page.getByLabel('Admin token').fill(link.replace(/.*#token=/, ''))
    await page.getByRole('button', { name: 'Enter' }).click()
    await page.getByText('No calls yet').waitFor()
  })

  test('opens to the printed link, which leaves no token in the address or in reach of scripts', async () => {
    await using watched = await enter()
    const { page } = watched
    expect(page.url()).toBe(`${origin}/console/#/calls`)
    expect(await page.evaluate('document.cookie + JSON.stringify(localStorage)')).not.toContain(
      link.replace(/.*#token=/, ''),
    )
    await page.reload()
    await page.getByText('No calls yet').waitFor()
    expect(await barriersIn(page)).toEqual([])
    watched.expectWellBehaved(origin)
  })
})

describe('a call', () => {
  test('that is rung from the page lights its chart state by state', async () => {
    await using watched = await enter()
    const { page } = watched
    await ring(page, 'bob@fabrikam.com')
    await lit(page, 'greeting').waitFor()
    await page.getByRole('tab', { name: 'Act' }).click()
    expect(await barriersIn(page)).toEqual([])
    await page.getByRole('button', { name: 'End the prompt' }).click()
    await lit(page, 'choosing').waitFor()
    await picture(page, 'call')
    await page.getByRole('button', { name: 'Press 1', exact: true }).click()
    await lit(page, 'desk').waitFor()
    await lit(page, 'ended').waitFor()
    const timeline = page.getByRole('region', { name: 'Timeline' })
    for (const what of ['playPrompt', 'prompt.completed', 'subscribeToTone', 'transfer']) {
      await timeline.getByText(what, { exact: true }).first().waitFor()
    }
    watched.expectWellBehaved(origin)
  })

  test('is travelled through by keys, and every moment has a link', async () => {
    await using watched = await enter()
    const { page } = watched
    await page.getByRole('link', { name: 'Calls', exact: true }).click()
    await page.getByRole('grid', { name: 'Calls' }).focus()
    await page.keyboard.press('Enter')
    const slider = page.getByRole('slider', { name: 'Moment' })
    await lit(page, 'ended').waitFor()
    await slider.focus()
    const seen: string[] = ['ended']
    for (let step = 0; step < 100 && !seen.includes('waiting'); step += 1) {
      await page.keyboard.press('ArrowLeft')
      const name = await scenarioAt(page)
      if (seen.at(-1) !== name) seen.push(name)
    }
    expect(seen).toEqual(['ended', 'desk', 'choosing', 'greeting', 'waiting'])
    for (let name = 'waiting'; name === 'waiting'; name = await scenarioAt(page)) {
      await page.getByRole('button', { name: 'Event after' }).click()
    }
    await lit(page, 'greeting').waitFor()
    await page.getByRole('tab', { name: 'Owed and due' }).click()
    const asked = page.getByRole('listitem').filter({ hasText: 'playPrompt' })
    await asked.getByText('asked', { exact: true }).last().waitFor()
    await picture(page, 'time-travel')
    const moment = page.url()
    expect(moment).toMatch(/\?at=\d+$/)
    await page.goto('about:blank')
    await page.goto(moment)
    await lit(page, 'greeting').waitFor()
    await page.getByRole('tab', { name: 'Context' }).click()
    await page.getByText('rosterSize').waitFor()
    expect(await barriersIn(page)).toEqual([])
    await page.getByRole('button', { name: 'Back to now' }).click()
    await lit(page, 'ended').waitFor()
    watched.expectWellBehaved(origin)
  })

  test('becomes a test, which is downloaded and green', async () => {
    await using watched = await enter()
    const { page } = watched
    await page.getByRole('grid', { name: 'Calls' }).focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Make a test of this' }).click()
    const dialog = page.getByRole('dialog', { name: 'A test of this call' })
    await dialog.getByText("from 'vitest'").waitFor()
    await picture(page, 'test')
    expect(await barriersIn(page)).toEqual([])
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('link', { name: /Download/ }).click(),
    ])
    using made = new MadeTests('.made')
    // A user's test stands beside their chart; here the chart is the example's.
    const chart = "'../../examples/front-desk/chart.ts'"
    const code = readFileSync(await download.path(), 'utf8').replace("'./chart.ts'", chart)
    made.write(download.suggestedFilename(), code)
    const { status, text } = made.run()
    expect(status, text).toBe(0)
    watched.expectWellBehaved(origin)
  })
})

describe('charts', () => {
  test('are drawn whole or in part, shaded by how often calls came there', async () => {
    await using watched = await enter()
    const { page } = watched
    await page.getByRole('link', { name: 'Charts' }).click()
    const chart = page.getByRole('region', { name: 'front-desk 1' })
    const desk = chart
      .locator('.state')
      .filter({ has: page.getByText('desk', { exact: true }) })
      .last()
    await desk.waitFor()
    expect(await desk.getAttribute('class')).toMatch(/visits-[1-4]/)
    await chart.getByText('tone.received [toneIs(tone1)]').waitFor()
    await picture(page, 'charts')
    expect(await barriersIn(page)).toEqual([])
    await page.getByLabel('Part').selectOption('media.serviceHosted')
    await chart.getByText('unsubscribed', { exact: true }).waitFor()
    await page.getByLabel('Part').selectOption('')
    await chart.getByText('transferAccepted', { exact: true }).waitFor()
    await page.getByRole('group', { name: /^Chart front-desk/ }).focus()
    const zoom = page.getByRole('button', { name: /fit/ })
    const before = await zoom.textContent()
    await page.keyboard.press('+')
    await expect.poll(() => zoom.textContent()).not.toBe(before)
    watched.expectWellBehaved(origin)
  })
})

describe('the calls', () => {
  test('are found by words, narrowed, ordered and walked through by keys', async () => {
    await using watched = await enter()
    const { page } = watched
    const grid = page.getByRole('grid', { name: 'Calls' })
    await ring(page, 'dora@fabrikam.com')
    await page.getByRole('link', { name: 'Calls', exact: true }).click()
    await picture(page, 'calls')
    await page.getByLabel('Search calls').fill('dora established')
    await page.getByText('1 listed').waitFor()
    await page.getByLabel('Search calls').fill('nobody of that name')
    await page.getByText('No call is like that').waitFor()
    expect(await barriersIn(page)).toEqual([])
    await page.getByRole('button', { name: 'Show all' }).first().click()
    await page.getByLabel('Status').selectOption('live')
    await page.getByText('1 listed').waitFor()
    await page.getByLabel('Status').selectOption('all')
    await page.getByRole('button', { name: 'Who' }).click()
    await page
      .getByRole('columnheader', { name: 'Who' })
      .and(page.locator('[aria-sort="ascending"]'))
      .waitFor()
    await grid.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    expect(await grid.getByRole('row', { selected: true }).getAttribute('aria-rowindex')).toBe('3')
    expect(await barriersIn(page)).toEqual([])
    watched.expectWellBehaved(origin)
  })
})

describe('the emulated world', () => {
  test('can lose its engine: a call goes on, and the page says what happens meanwhile', async () => {
    await using watched = await enter('dark')
    const { page } = watched
    const key = await ring(page, 'carol@fabrikam.com')
    await lit(page, 'greeting').waitFor()
    await page.getByRole('tab', { name: 'Act' }).click()
    await page.getByLabel('Who acts').fill('eva@contoso.com')
    await page.getByRole('button', { name: 'Escalate' }).click()
    await page.getByText('In the world: established · group').waitFor()
    expect(await page.getByRole('button', { name: 'Escalate' }).isDisabled()).toBe(true)
    await page.getByLabel('Who acts').fill('frida@contoso.com')
    await page.getByRole('button', { name: 'Join' }).click()
    await page.getByRole('button', { name: 'Share screen' }).click()
    await page.getByRole('button', { name: 'Mute', exact: true }).click()
    await page.getByRole('navigation', { name: 'Regions' }).getByText('rosterSilent').waitFor()
    await page.getByRole('tab', { name: /Roster/ }).click()
    await page.getByText('Silent: Graph has told of nobody.').waitFor()
    await page.getByRole('link', { name: 'Emulated world', exact: true }).click()
    await page.getByRole('button', { name: 'Kill the engine' }).click()
    await page.getByText('The engine does not answer.').waitFor()
    expect(await barriersIn(page)).toEqual([])
    await page.getByText('The engine does not answer.').waitFor({ state: 'detached' })

    // What was true meanwhile was asked for when the engine came back: who is there, and what they do.
    await page.goto(`${origin}/console/#/calls/${key}`)
    await lit(page, 'greeting').waitFor()
    await page.getByRole('region', { name: 'Timeline' }).getByText('engine.resumed').waitFor()
    const frida = page.getByRole('listitem').filter({ hasText: /frida/i })
    await frida.getByText('sharing', { exact: true }).waitFor()
    await frida.getByText('muted', { exact: true }).waitFor()
    await picture(page, 'call-dark')
    expect(await barriersIn(page)).toEqual([])
    await page.getByRole('tab', { name: 'Act' }).click()
    await page.getByRole('button', { name: 'End the prompt' }).click()
    await lit(page, 'choosing').waitFor()
    await page.getByRole('button', { name: 'Press 1', exact: true }).click()
    await lit(page, 'desk').waitFor()
    watched.expectWellBehaved(origin)
  })

  test('has faults to turn on, a clock to move, and both are told back', async () => {
    await using watched = await enter()
    const { page } = watched
    await page.getByRole('link', { name: 'Emulated world', exact: true }).click()
    await page.getByRole('button', { name: 'A bad day' }).click()
    await page.getByText('on', { exact: true }).waitFor()
    await picture(page, 'world')
    expect(await barriersIn(page)).toEqual([])
    await page.getByRole('button', { name: 'All well again' }).click()
    await page.getByText('none', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Advance by 1 min' }).click()
    await page.getByText(/(59 s|1 min) ahead/).waitFor()
    watched.expectWellBehaved(origin)
  })
})

test('the colours are those of the system until others are chosen, which then stay', async () => {
  await using watched = await enter('dark')
  const { page } = watched
  const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  const dark = await background()
  await page.getByRole('button', { name: /colours/ }).click()
  expect(await background()).not.toBe(dark)
  await page.reload()
  await page.getByRole('button', { name: /^Light/ }).click()
  expect(await background()).toBe(dark)
})
