/** The pictures of docs/console, written when they are asked for: `npm run screenshots`. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { root } from '../repository.ts'

const folder = join(root, 'docs', 'console')

/** Writes what the page shows, in the documentation's colours for it. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.CALLCHART_SCREENSHOTS === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.evaluate('document.activeElement?.blur()')
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}
