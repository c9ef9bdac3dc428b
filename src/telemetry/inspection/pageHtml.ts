/** The page around Stately's inspector. */
import { createHash } from 'node:crypto'

const INSPECTOR = 'https://stately.ai/inspect'

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { margin: 0; height: 100vh }
  main { max-width: 36rem; margin: 0 auto; padding: 15vh 1.5rem }
  button { font: inherit; padding: .5rem 1rem; cursor: pointer }
  iframe { display: block; border: 0; width: 100%; height: 100% }`

const SCRIPT = `
  const show = document.querySelector('button')
  const count = document.querySelector('output')
  const source = new EventSource(location.pathname + '/messages')
  const { origin } = new URL('${INSPECTOR}')
  let waiting = []
  let inspector
  source.onopen = () => { waiting = [] }
  source.onmessage = (event) => {
    if (inspector) inspector.postMessage(JSON.parse(event.data), origin)
    else count.value = String(waiting.push(event.data))
  }
  show.onclick = () => {
    const frame = document.createElement('iframe')
    frame.src = '${INSPECTOR}'
    frame.title = "Stately's inspector"
    addEventListener('message', (event) => {
      if (event.origin !== origin || event.data?.type !== '@statelyai.connected') return
      inspector = frame.contentWindow
      for (const text of waiting.splice(0)) inspector.postMessage(JSON.parse(text), origin)
    })
    document.body.replaceChildren(frame)
  }`

const HTML = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Calls in Stately's inspector</title>
<style>${STYLE}</style>
<main>
  <h1>Live calls</h1>
  <p><output>0</output> messages are waiting to be shown.</p>
  <p>The inspector is a page of stately.ai. It will be loaded from there, and told in this browser what these
  calls hear, ask and hold: who takes part too, but no tones and nothing from <code>context.private</code>.</p>
  <p><button type="button">Show them to stately.ai/inspect</button></p>
</main>
<script>${SCRIPT}</script>
</html>
`

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': [
    "default-src 'none'",
    "connect-src 'self'",
    `frame-src ${new URL(INSPECTOR).origin}`,
    `script-src ${hashOf(SCRIPT)}`,
    `style-src ${hashOf(STYLE)}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
}

/** The page, and the headers it is sent with: it may ask this machine and show stately.ai, nothing else. */
export function pageHtml(): { readonly html: string; readonly headers: typeof headers } {
  return { html: HTML, headers }
}
