/** How a picture looks, by day and by night; nothing is fetched, nothing runs. */

const MONOSPACE = 'ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace'
const SANS = 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'

type Colours = {
  readonly page: string
  readonly odd: string
  readonly even: string
  readonly border: string
  readonly title: string
  readonly event: string
  readonly deed: string
  readonly arrow: string
  readonly quiet: string
}

const light: Colours = {
  page: '#ffffff',
  odd: '#f3f5f8',
  even: '#ffffff',
  border: '#a7b1c2',
  title: '#17202e',
  event: '#24418f',
  deed: '#7a4a08',
  arrow: '#54637c',
  quiet: '#c3cbd8',
}

const dark: Colours = {
  page: '#10141b',
  odd: '#1a212c',
  even: '#10141b',
  border: '#4a576b',
  title: '#e8ecf2',
  event: '#9dbaff',
  deed: '#e2b872',
  arrow: '#9aa9c1',
  quiet: '#435066',
}

/** The picture's style sheet. */
export const style = `
text { font: 11px ${MONOSPACE}; white-space: pre }
.title { font: 600 13px ${SANS} }
.frame { stroke-width: 1.2 }
.arrow { fill: none; stroke-width: 1.3 }
.quiet { fill: none; stroke-width: 1 }
${coloured(light)}
@media (prefers-color-scheme: dark) {
${coloured(dark)}
}
.region > .frame { stroke-dasharray: 5 3 }
`

function coloured(colours: Colours): string {
  return `.page { fill: ${colours.page} }
.frame { stroke: ${colours.border} }
.title { fill: ${colours.title} }
.event { fill: ${colours.event} }
.deed { fill: ${colours.deed} }
.arrow { stroke: ${colours.arrow} }
.head, .start { fill: ${colours.arrow} }
.quiet { stroke: ${colours.quiet} }
.quietHead { fill: ${colours.quiet} }
.odd > rect { fill: ${colours.odd} }
.even > rect { fill: ${colours.even} }`
}
