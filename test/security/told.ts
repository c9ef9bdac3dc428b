/** Bodies as Graph writes them, for a call of the test's choice. */
import { body } from '../graph/fixtures.ts'

/** One notification about a call or something below it. */
export function update(callId: string, resourceData: object, members: object = {}): string {
  const resourceUrl = `/communications/calls/${callId}`
  return JSON.stringify(body({ changeType: 'updated', resourceUrl, resourceData, ...members }))
}

export function established(callId: string): string {
  return update(callId, { '@odata.type': '#microsoft.graph.call', state: 'established' })
}
