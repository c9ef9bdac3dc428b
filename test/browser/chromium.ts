/** Debian's Chromium, driven by playwright-core; and what a page must never do. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

const PATH = '/usr/bin/chromium'

/** Starts a browser that fetches nothing of its own. */
export function openChromium(): Promise<Browser> {
  if (!existsSync(PATH)) {
    throw new Error(`${PATH} is missing: apt-get install --no-install-recommends chromium`)
  }
  return chromium.launch({
    executablePath: PATH,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  })
}

/** A laptop's window. */
const WINDOW = { width: 1280, height: 800 }

/** A page that is watched: what it asked of whom, and what it complained of. */
export class Watched {
  readonly page: Page
  readonly complaints: string[] = []
  readonly #origins = new Set<string>()

  private constructor(page: Page) {
    this.page = page
    page.on('pageerror', ({ message }) => this.complaints.push(message))
    page.on('console', (message) => {
      // That the engine is away for a while is no fault of the page.
      const isAway = /net::ERR_|status of 503|Failed to load resource.*\b40[14]\b/.test(
        message.text(),
      )
      if (message.type() === 'error' && !isAway) this.complaints.push(message.text())
    })
    page.on('request', (request) => {
      if (!request.url().startsWith('blob:')) this.#origins.add(new URL(request.url()).origin)
    })
  }

  static async open(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
    const page = await browser.newPage({ viewport: WINDOW, ...options })
    page.setDefaultTimeout(60_000)
    return new Watched(page)
  }

  /** Nothing went wrong in the page, and it spoke to its own server only. */
  expectWellBehaved(origin: string): void {
    expect(this.complaints).toEqual([])
    expect([...this.#origins]).toEqual([origin])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close()
  }
}
