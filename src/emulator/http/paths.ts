/** Under which paths a method is served: versions, roots and their aliases. */
import type { Method } from '../methods/method.ts'

const roots = {
  communications: ['/communications', '/app'],
  person: ['/me', '/users/:userId'],
} as const

/** Every path of a method; actions are also reached as e.g. `microsoft.graph.sendDtmfTones`. */
export function pathsOf(method: Method): readonly string[] {
  const versions = method.betaOnly ? ['/beta'] : ['/v1.0', '/beta']
  const qualified = method.path.replace(/\/(\w+)$/, '/microsoft.graph.$1')
  const tails = isAction(method) ? [method.path, qualified] : [method.path]
  return versions.flatMap((version) =>
    rootsOf(method).flatMap((root) => tails.map((tail) => version + root + tail)),
  )
}

/** The path as Microsoft's pages write it. */
export function pathOf(method: Method): string {
  return `${method.betaOnly ? '/beta' : '/v1.0'}${rootsOf(method)[0]}${method.path}`
}

function rootsOf({ below = 'communications' }: Method): readonly string[] {
  return roots[below]
}

/** A POST on a collection creates; on anything else it is an action. */
function isAction({ path, verb }: Method): boolean {
  return verb === 'POST' && !/\/(calls|onlineMeetings|audioRoutingGroups)$/.test(path)
}
