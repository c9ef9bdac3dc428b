/** An emulated world in which what a documented request speaks of is there: call, people, meeting. */
import { randomUUID } from 'node:crypto'
import type { Json } from '../../machines/words.ts'
import type { EmulatedCall, Meeting } from '../../src/emulator/index.ts'
import { isObject, type JsonObject } from '../../src/graph/json.ts'
import { type Stage, setStage } from '../emulator/stage.ts'
import type { Match } from './routes.ts'

/** The request as it is sent: below the version, with the ids of the world it is sent to. */
export type Prepared = {
  readonly stage: Stage
  readonly path: string
  readonly body: JsonObject
}

export async function prepare(match: Match, body: JsonObject): Promise<Prepared> {
  const stage = await setStage({ app: { instances: [instanceIn(body)] } })
  try {
    const { maker } = match.route
    const scene = new Scene(stage, body)
    if (maker.kind === 'effect') await scene.setCall(maker.effect, match)
    if (maker.kind === 'meetings') await scene.setMeeting(match)
    return { stage, path: scene.pathOf(match), body: scene.inThisWorld(body) }
  } catch (error) {
    await stage[Symbol.asyncDispose]()
    throw error
  }
}

/** The application instance the request names as its source, or any: phones take one with a number. */
function instanceIn({ source }: JsonObject) {
  const identity = isObject(source) && isObject(source.identity) ? source.identity : {}
  const { applicationInstance: instance } = identity
  const named = isObject(instance) && typeof instance.id === 'string' ? instance.id : undefined
  return { id: named ?? randomUUID(), phone: '+14255550199' }
}

/** Meetings are joined as most examples do it. */
const byOrganizer = {
  chatInfo: {
    '@odata.type': '#microsoft.graph.chatInfo',
    threadId: '19:meeting_of_the_example@thread.v2',
    messageId: '0',
    replyChainMessageId: '0',
  },
  meetingInfo: {
    '@odata.type': '#microsoft.graph.organizerMeetingInfo',
    organizer: { user: { id: randomUUID(), displayName: 'Olivia' } },
    allowConversationWithoutHost: true,
  },
}

/** What stands where the example's own ids stood. */
class Scene {
  readonly #stage: Stage
  readonly #body: JsonObject
  readonly #ids = new Map<string, string>()
  #call: EmulatedCall | undefined
  #otherCall: EmulatedCall | undefined
  #meeting: Meeting | undefined
  #people: readonly string[] = []

  constructor(stage: Stage, body: JsonObject) {
    this.#stage = stage
    this.#body = body
  }

  pathOf({ route, named }: Match): string {
    const [template = '', filter] = route.template.split('?')
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(this.#ids.get(name) ?? named[name] ?? ''),
    )
    const value = this.#ids.get('filter') ?? named.filter ?? ''
    return filter ? `${path}?$filter=${encodeURIComponent(`${filter} eq '${value}'`)}` : path
  }

  async setCall(effect: string, { named }: Match): Promise<void> {
    if (effect === 'createCall') return this.#setMeetingToJoin()
    const call = await this.#callFor(effect)
    this.#call = call
    this.#ids.set('callId', call.id)
    this.#people = call
      .truth()
      .roster.filter(({ name }) => name !== 'Front Desk')
      .map(({ id }) => id)
    this.#ids.set('participantId', this.#people[0] ?? '')
    if (JSON.stringify(this.#body).includes('replacesCallId')) await this.#setOtherCall()
    await this.#before(effect, call.id, named)
    await this.#stage.pass()
  }

  async #callFor(effect: string): Promise<EmulatedCall> {
    const { appHosted } = this.#stage
    switch (effect) {
      case 'answer':
        return this.#body.participantCapacity ? this.#policyCall() : this.#ringing()
      case 'reject':
      case 'redirect':
        return this.#ringing()
      case 'transfer':
        return this.#body.transferee ? this.#joined() : this.#stage.answered()
      case 'changeScreenSharingRole':
      case 'configureMixer':
        return this.#joined({ mediaConfig: appHosted })
      case 'playPrompt':
      case 'recordResponse':
      case 'subscribeToTone':
      case 'sendDtmfTones':
      case 'cancelMediaProcessing':
        return this.#stage.answered()
      default:
        return this.#joined()
    }
  }

  /** What the request needs to have happened. */
  async #before(effect: string, callId: string, named: Match['named']): Promise<void> {
    if (effect === 'stopHoldMusic')
      await this.#stage.ask(
        'POST',
        `/calls/${callId}/participants/${this.#people[0]}/startHoldMusic`,
        {},
      )
    if (/^(list|get|update|delete)AudioRoutingGroup/.test(effect)) {
      const id = named.id?.replace(/^\{.*\}$/, 'oneToOne') || 'oneToOne'
      this.#ids.set('id', id)
      const group = {
        id,
        routingMode: 'multicast',
        sources: this.#people.slice(0, 1),
        receivers: this.#people.slice(1),
      }
      await this.#stage.ask('POST', `/calls/${callId}/audioRoutingGroups`, group)
    }
    if (/ContentSharing/.test(effect)) {
      this.#call?.share()
      await this.#stage.pass()
      const { body } = await this.#stage.ask('GET', `/calls/${callId}/contentSharingSessions`)
      const [first] = Array.isArray(body.value) ? body.value : []
      this.#ids.set('contentSharingSessionId', String(first?.id ?? ''))
    }
  }

  async #ringing(): Promise<EmulatedCall> {
    const call = this.#stage.emulator.ring({ from: 'bob@fabrikam.com' })
    await this.#stage.pass()
    return call
  }

  async #policyCall(): Promise<EmulatedCall> {
    const call = this.#stage.emulator.policyCall({ user: 'anna@contoso.com' })
    await this.#stage.pass()
    return call
  }

  async #joined(wish: object = {}): Promise<EmulatedCall> {
    const call = await this.#stage.joined({ ...byOrganizer, ...wish })
    call.join('carla@contoso.com')
    call.join('dan@contoso.com')
    await this.#stage.pass()
    return call
  }

  async #setOtherCall(): Promise<void> {
    this.#otherCall = await this.#stage.answered()
  }

  /** The meeting that createCall names, by id or token; by its thread it is made on the way. */
  #setMeetingToJoin(): void {
    const { meetingInfo } = this.#body
    const { joinMeetingId, passcode } = isObject(meetingInfo) ? meetingInfo : {}
    this.#meeting = this.#stage.emulator.meeting({
      ...(typeof joinMeetingId === 'string' && { joinMeetingId }),
      ...(typeof passcode === 'string' && { passcode }),
    })
  }

  /** The meeting that an online-meetings method is about, with a recording. */
  async setMeeting({ route, named }: Match): Promise<void> {
    const { externalId } = this.#body
    const meeting = this.#stage.emulator.meeting({
      organizer: 'olivia@contoso.com',
      // The only example of createOrGet finds the meeting.
      properties: { subject: 'Weekly', ...(typeof externalId === 'string' && { externalId }) },
    })
    const recording = this.#stage.emulator.recordMeeting(meeting)
    this.#ids.set('user', meeting.organizer.id)
    this.#ids.set('meetingId', meeting.id)
    this.#ids.set('recordingId', recording.id)
    const isByLink = route.template.endsWith('JoinWebUrl')
    if (named.filter !== undefined)
      this.#ids.set('filter', isByLink ? meeting.joinWebUrl : meeting.conferenceId)
    await this.#stage.pass()
  }

  inThisWorld(body: JsonObject): JsonObject {
    const members = Object.entries(body).map(([member, value]) => [
      member,
      this.#member(member, value ?? null),
    ])
    return Object.fromEntries(members)
  }

  #member(member: string, value: Json): Json {
    switch (member) {
      case 'callbackUri':
        return `${this.#stage.bot.url}/api/calls/example`
      case 'uri':
        return `${this.#stage.bot.url}/prompts/welcome`
      case 'replacesCallId':
        return this.#otherCall?.id ?? value
      case 'participantId':
      case 'participant':
        return this.#people[0] ?? randomUUID()
      case 'token':
        return this.#meeting?.token ?? value
      case 'sources':
        return this.#people.slice(0, 1)
      case 'receivers':
        return this.#people.slice(1, 1 + (Array.isArray(value) ? value.length : 1))
      case 'participants':
        if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
          return this.#people
        return this.#value(value)
      default:
        return this.#value(value)
    }
  }

  #value(value: Json): Json {
    if (Array.isArray(value)) return value.map((entry) => this.#value(entry))
    return isObject(value) ? this.inThisWorld(value) : value
  }
}
