/** What axe finds that people could not use: names, roles, contrast, keyboard. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Found = {
  readonly violations: readonly {
    readonly id: string
    readonly help: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

/** Everything that is wrong with the page as it stands, in words. */
export async function barriersIn(page: Page): Promise<readonly string[]> {
  // Half-way through an animation, a colour is nobody's choice.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.evaluate(source)
  const { violations } = await page.evaluate<Found>('axe.run(document)')
  await page.emulateMedia({ reducedMotion: null })
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`),
  )
}
