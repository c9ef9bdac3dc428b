/** What must hold whatever is sent: nothing falls over, nothing refused leaves a trace, nobody is sent elsewhere. */
import { parseNotifications } from '../../src/graph/parse.ts'
import { reportsOf } from '../../src/graph/route.ts'
import { APP, type Door, OTHER_TENANT, openDoor, TENANT } from '../security/door.ts'
import { bytesOf, type Input } from './input.ts'
import { KNOWN } from './notification.ts'

/** A promise that was broken, by which input. */
export class Violation extends Error {
  constructor(promise: string, input: Input, what: string) {
    super(`${promise}: ${what} for ${JSON.stringify(input).slice(0, 2_000)}`)
  }
}

/** Breaks a promise on purpose; true where what was refused shall be stored all the same. */
export type Sabotage = { readonly acceptRefused: boolean }

/** A call that was told of its end is deaf: after so many inputs another one rings. */
const INPUTS_TO_ONE_CALL = 20

const STATUSES = new Set([200, 202, 204, 400, 401, 403, 404, 405, 413, 415])

/** Sends the inputs to one bot, one after the other; throws the first `Violation`. */
export async function judge(
  inputs: readonly Input[],
  { acceptRefused }: Sabotage,
  answered: (status: number) => void,
): Promise<void> {
  await using door = await openDoor()
  const known = new Set<string>()
  let id = ''
  let before = door.image()
  for (const [index, input] of inputs.entries()) {
    if (index % INPUTS_TO_ONE_CALL === 0) {
      ;({ id } = await door.ring())
      known.add(id)
      before = door.image()
    }
    const bytes = bytesOf(input, id)
    for (const callId of parsed(input, bytes)) known.add(callId)
    const response = await send(door, input, bytes, id)
    const { status } = response
    answered(status)
    if (!STATUSES.has(status))
      throw new Violation('stands', input, `${status} ${await response.text()}`)
    if (status >= 400 && acceptRefused) await takeAnyway(door, id)
    const after = door.image()
    if (status >= 400 && !after.equals(before))
      throw new Violation('refusedChangesNothing', input, `${status}, but the store changed`)
    checkAsked(door, input, known)
    checkTold(door, input)
    before = after
  }
}

/** Every id that a reading of the bytes may ask Graph about. */
function parsed(input: Input, bytes: Uint8Array): readonly string[] {
  let body: unknown
  try {
    body = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return []
  }
  try {
    const { notifications } = parseNotifications(body)
    for (const notification of notifications) reportsOf(notification)
    return notifications.map(({ callId }) => callId)
  } catch (error) {
    throw new Violation('parserStands', input, String(error))
  }
}

function send(
  door: Door,
  input: Input,
  bytes: Uint8Array<ArrayBuffer>,
  id: string,
): Promise<Response> {
  return Promise.all([input.tenant === null ? null : door.tokenOf(input.tenant)]).then(([token]) =>
    door.post(bytes, {
      path: input.path.replace(KNOWN, id),
      method: input.method,
      type: input.type,
      token,
    }),
  )
}

/** The door lets in what it refused: what the judge must see. */
async function takeAnyway(door: Door, id: string): Promise<void> {
  const resourceUrl = `/communications/calls/${id}`
  const notification = {
    changeType: 'updated',
    resourceUrl,
    callId: id,
    subject: 'call' as const,
    resources: [{ subject: `refused at ${door.asked.length}`, state: 'terminated' }],
  }
  await door.bot.engine.intake([
    { tenantId: TENANT, appId: APP, notification, atMs: door.clock.now() },
  ])
  await door.settle()
}

const LOGIN = new RegExp(
  `^https://login\\.microsoftonline\\.com/(?:common|(?:${TENANT}|${OTHER_TENANT}))/`,
)
const KEYS = /^https:\/\/api\.aps\.skype\.com\/v1\/\.well-known\/(OpenIdConfiguration|keys)$/
const GRAPH = /^https:\/\/graph\.microsoft\.com\/v1\.0\/communications\/calls\/([\w-]+)(\/\w+)?$/

function checkAsked(door: Door, input: Input, known: ReadonlySet<string>): void {
  for (const { url } of door.asked.splice(0)) {
    const [, callId] = GRAPH.exec(url) ?? []
    const isOurs = callId === undefined ? LOGIN.test(url) || KEYS.test(url) : known.has(callId)
    if (!isOurs) throw new Violation('asksNobodyElse', input, url)
  }
}

/** A chart that throws is contained, but ours shall not throw whatever Graph says. */
function checkTold(door: Door, input: Input): void {
  const fallen = door.records
    .splice(0)
    .find(({ kind }) => kind === 'quarantined' || kind === 'commitFailed')
  if (fallen) throw new Violation('chartStands', input, JSON.stringify(fallen))
}
