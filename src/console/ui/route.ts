/** Where the page is, as the part of its address after `#`: so every view and moment has a link. */
import { signal } from '@preact/signals'

export type Route =
  | { readonly view: 'calls' }
  /** A call; `at` is the journal's sequence it is looked at, absent for now. */
  | { readonly view: 'call'; readonly key: string; readonly at?: number | undefined }
  | { readonly view: 'charts'; readonly id?: string | undefined }
  | { readonly view: 'world' }

export const route = signal<Route>(readRoute(location.hash))

/** Follows the address for as long as the page lives. */
export function followRoute(): void {
  addEventListener('hashchange', () => {
    route.value = readRoute(location.hash)
  })
}

/** The link to a view. */
export function linkTo(to: Route): string {
  if (to.view === 'call') {
    return `#/calls/${encodeURIComponent(to.key)}${to.at === undefined ? '' : `?at=${to.at}`}`
  }
  if (to.view === 'charts' && to.id !== undefined) return `#/charts/${encodeURIComponent(to.id)}`
  return `#/${to.view}`
}

/** Goes to a view as if its link had been followed. */
export function goTo(to: Route): void {
  location.hash = linkTo(to)
}

/** Changes the address without a step in the browser's history: for scrubbing. */
export function replaceRoute(to: Route): void {
  history.replaceState(null, '', linkTo(to))
  route.value = to
}

function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const [view, name = ''] = path.split('/').map(decodeURIComponent)
  if (view === 'calls' && name !== '') return { view: 'call', key: name, at: momentIn(query) }
  if (view === 'charts') return { view: 'charts', id: name || undefined }
  if (view === 'world') return { view: 'world' }
  return { view: 'calls' }
}

function momentIn(query: string): number | undefined {
  const at = new URLSearchParams(query).get('at')
  return at !== null && /^\d+$/.test(at) ? Number(at) : undefined
}
