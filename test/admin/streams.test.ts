/** The streams: what is told as it happens, to quick viewers and to slow ones. */
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { CallDetail, CallsFresh, CallsUpdate, CallUpdate } from '../../src/admin/protocol.ts'
import { Stage, TOKEN, twoWays } from './stage.ts'

type Said<Body> = { readonly event: string; readonly id: string | undefined; readonly body: Body }

/** A viewer of a stream, over a connection of its own. */
class Viewer<Body> {
  readonly status: number
  readonly #incoming: IncomingMessage
  readonly #chunks: AsyncIterator<string>
  #text = ''

  private constructor(incoming: IncomingMessage) {
    this.status = incoming.statusCode ?? 0
    this.#incoming = incoming
    this.#chunks = incoming.setEncoding('utf8')[Symbol.asyncIterator]()
  }

  static async open<Body>(
    stage: Stage,
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Viewer<Body>> {
    const asking = request(`${stage.rig.publicUrl}/admin${path}`, {
      agent: false,
      headers: { Authorization: `Bearer ${TOKEN}`, ...headers },
    })
    asking.end()
    const [incoming] = await once(asking, 'response')
    return new Viewer(incoming)
  }

  /** What is sent, as it comes: an event or a comment; undefined when the stream has ended. */
  async part(): Promise<string | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n')
      if (end >= 0) {
        const part = this.#text.slice(0, end)
        this.#text = this.#text.slice(end + 2)
        return part
      }
      const { value, done } = await this.#chunks.next()
      if (done) return undefined
      this.#text += value
    }
  }

  /** The next event; undefined when the stream has ended. */
  async next(): Promise<Said<Body> | undefined> {
    for (let part = await this.part(); part !== undefined; part = await this.part()) {
      if (!part.startsWith(':')) return saidIn(part)
    }
    return undefined
  }

  /** Lets beats pass until something is said. */
  async nextOf(stage: Stage): Promise<Said<Body> | undefined> {
    let isSaid = false
    const said = this.next().finally(() => {
      isSaid = true
    })
    while (!isSaid) {
      await stage.rig.advance(250)
      await setImmediate()
    }
    return said
  }

  close(): void {
    this.#incoming.destroy()
  }
}

function saidIn<Body>(text: string): Said<Body> {
  const fields = new Map(text.split('\n').map((line) => splitOnce(line)))
  return {
    event: fields.get('event') ?? '',
    id: fields.get('id'),
    body: JSON.parse(fields.get('data') ?? '') as Body,
  }
}

function splitOnce(line: string): [string, string] {
  const at = line.indexOf(': ')
  return [line.slice(0, at), line.slice(at + 2)]
}

describe('the stream of all calls', () => {
  test('begins afresh, then tells each call that changed, as it then stands', async () => {
    await using stage = await Stage.open()
    const viewer = await Viewer.open<CallsUpdate>(stage, '/stream')
    const fresh = await viewer.next()
    expect(fresh).toMatchObject({ event: 'fresh', body: { counts: { live: 0 } } })
    const call = await stage.rig.ring()
    const first = await viewer.nextOf(stage)
    expect(first).toMatchObject({
      event: 'update',
      body: {
        rows: [{ key: call.id, who: 'Bob', state: 'established', scenario: ['greeting'] }],
        dropped: 0,
      },
    })
    call.hangUp()
    for (;;) {
      const { rows = [] } = (await viewer.nextOf(stage))?.body ?? {}
      if (rows.some(({ key, status }) => key === call.id && status === 'ended')) break
    }
    viewer.close()
  })

  test('tells a call once a beat, however often it moved, and nothing when nothing did', async () => {
    await using stage = await Stage.open()
    const viewer = await Viewer.open<CallsUpdate>(stage, '/stream')
    await viewer.next()
    const call = await stage.rig.ring()
    call.finishPrompt()
    await stage.rig.settle()
    await stage.rig.advance(250)
    const said = await viewer.next()
    expect(said?.body.rows.map(({ scenario }) => scenario)).toEqual([['choosing']])
    viewer.close()
  })

  test('says that it is there when nothing happens', async () => {
    await using stage = await Stage.open()
    const viewer = await Viewer.open<CallsFresh>(stage, '/stream')
    expect(await viewer.part()).toContain('event: fresh')
    await stage.rig.advance(15_000)
    expect(await viewer.part()).toBe(': still here')
    viewer.close()
  })

  test('ends when the engine does, and begins afresh with the next', async () => {
    await using stage = await Stage.open()
    const call = await stage.rig.ring()
    const viewer = await Viewer.open<CallsFresh>(stage, '/stream')
    await viewer.next()
    await stage.rig.crash()
    expect(await viewer.next().catch(() => undefined)).toBeUndefined()
    await stage.restart()
    const again = await Viewer.open<CallsFresh>(stage, '/stream')
    expect(await again.next()).toMatchObject({ event: 'fresh', body: { counts: { live: 1 } } })
    expect(call.state).toBe('established')
    again.close()
  })
})

describe('the stream of one call', () => {
  test('tells its entries as they happen, each once, and how it then stands', async () => {
    await using stage = await Stage.open()
    const call = await stage.rig.ring()
    const viewer = await Viewer.open<CallUpdate>(stage, `/calls/${call.id}/stream`)
    const before = await viewer.next()
    expect(before?.body.entries).toEqual([])
    expect(before?.body.now.states).toContain('scenario.greeting')
    call.finishPrompt()
    await stage.rig.settle()
    const after = await viewer.nextOf(stage)
    expect(after?.body.now.states).toContain('scenario.choosing')
    expect(after?.body.entries.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['prompt.completed', 'subscribeToTone', 'subscribeToTone.completed']),
    )
    expect(Number(after?.id)).toBeGreaterThan(Number(before?.id))
    viewer.close()
  })

  test('goes on after the entry that a viewer saw last, as a browser asks it to', async () => {
    await using stage = await Stage.open()
    const call = await stage.rig.ring()
    const viewer = await Viewer.open<CallUpdate>(stage, `/calls/${call.id}/stream`)
    const seen = (await viewer.next())?.id ?? ''
    viewer.close()
    call.finishPrompt()
    await stage.rig.settle()
    for (const again of [
      await Viewer.open<CallUpdate>(stage, `/calls/${call.id}/stream`, { 'Last-Event-ID': seen }),
      await Viewer.open<CallUpdate>(stage, `/calls/${call.id}/stream?after=${seen}`),
    ]) {
      const said = await again.next()
      expect(said?.body.entries[0]).toMatchObject({ sequence: Number(seen) + 1 })
      expect(said?.body.entries[0]).toMatchObject({ what: 'prompt.completed' })
      again.close()
    }
  })

  test('tells the very way a call went, where two keys lead to the same state', async () => {
    await using stage = await Stage.open(twoWays)
    const call = await stage.rig.ring()
    const viewer = await Viewer.open<CallUpdate>(stage, `/calls/${call.id}/stream`)
    await viewer.next()
    void call.press('2')
    await stage.rig.settle()
    const said = await viewer.nextOf(stage)
    const pressed = said?.body.entries.find(({ what }) => what === 'tone.reported')
    expect(pressed?.taken).toContain('scenario.choosing|tone.received|1')
    expect(pressed?.taken).not.toContain('scenario.choosing|tone.received|0')
    viewer.close()
    // Whoever comes later is told of no way that is only inferred.
    const { timeline } = await stage.get<CallDetail>(`/calls/${call.id}`)
    expect(timeline.find(({ what }) => what === 'tone.reported')?.taken).toBeUndefined()
    expect(timeline.find(({ what }) => what === 'callState.established')?.taken).toContain(
      'scenario.waiting|call.established|0',
    )
  })

  test('is silent about other calls', async () => {
    await using stage = await Stage.open()
    const call = await stage.rig.ring()
    const viewer = await Viewer.open<CallUpdate>(stage, `/calls/${call.id}/stream`)
    await viewer.next()
    const other = await stage.rig.ring('ann@fabrikam.com')
    other.finishPrompt()
    await stage.rig.advance(1_000)
    call.finishPrompt()
    const said = await viewer.nextOf(stage)
    expect(said?.body.entries[0]).toMatchObject({ what: 'prompt.completed' })
    viewer.close()
  })
})

test('a viewer that reads nothing holds up nobody, and is told what it missed when it reads again', async () => {
  await using stage = await Stage.open()
  const slow = await Viewer.open<CallsUpdate>(stage, '/stream')
  const quick = await Viewer.open<CallsUpdate>(stage, '/stream')
  await quick.next()
  // A row of 200 KB, sixty times: more than all the buffers between engine and viewer take.
  const call = await stage.rig.ring(`${'x'.repeat(200_000)}@fabrikam.com`)
  for (let beats = 0; beats < 60; beats++) {
    await stage.rig.report(call, beats % 2 === 0 ? 'hold' : 'established')
    await stage.rig.advance(250)
    const said = await quick.next()
    expect(said?.body.rows).toMatchObject([{ state: beats % 2 === 0 ? 'hold' : 'established' }])
    expect(said?.body.dropped).toBe(0)
  }
  expect(await slow.next()).toMatchObject({ event: 'fresh' })
  for (let dropped = 0; dropped === 0; ) dropped = (await slow.nextOf(stage))?.body.dropped ?? 0
  quick.close()
  slow.close()
})

test('no more than fifty viewers at once; one who leaves makes room', async () => {
  await using stage = await Stage.open()
  const viewers = await Promise.all(
    Array.from({ length: 50 }, () => Viewer.open<CallsFresh>(stage, '/stream')),
  )
  const refused = await stage.ask('/stream')
  expect(refused.status).toBe(503)
  expect(await refused.json()).toMatchObject({ code: 'admin.tooManyViewers' })
  viewers[0]?.close()
  let another = await Viewer.open<CallsFresh>(stage, '/stream')
  while (another.status === 503) another = await Viewer.open<CallsFresh>(stage, '/stream')
  expect(another.status).toBe(200)
  for (const viewer of [...viewers, another]) viewer.close()
})
