import { describe, expect, test } from 'vitest'
import type { EmulatedCall } from '../../src/emulator/index.ts'
import type { Stage } from './stage.ts'
import { errorOf, heard, lastTold, setStage } from './stage.ts'

const BETA = '/beta/communications'

const idOf = (call: EmulatedCall, name = 'bob@fabrikam.com') =>
  String(call.truth().roster.find((each) => each.name === name)?.id)

describe('addLargeGalleryView', () => {
  test('runs, completes, then shows galleries of which one is to be used', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    const path = `/calls/${call.id}/addLargeGalleryView`
    const asked = await stage.ask('POST', path, { clientContext: 'view' })
    expect(asked.status).toBe(202)
    expect(asked.headers.get('location')).toContain(`/operations/${asked.body.id}`)
    expect(asked.body).toMatchObject({
      '@odata.type': '#microsoft.graph.addLargeGalleryViewOperation',
      status: 'running',
      clientContext: 'view',
    })
    await stage.pass(100)
    expect(heard(stage.bot)).toEqual(['deleted operations completed', 'updated participants of 4'])
    const roster = stage.bot.told.at(-1)?.resourceData
    expect(roster).toMatchObject([
      {},
      {},
      {
        info: { identity: { application: { ApplicationType: 'LargeGallery-V2' } } },
        mediaStreams: [{ mediaType: 'audio' }, { mediaType: 'video', direction: 'sendReceive' }],
        metadata: expect.stringContaining('audienceView'),
      },
      { mediaStreams: [{}, { mediaType: 'video', direction: 'inactive' }] },
    ])
  })

  test('is for group calls and their permissions', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    expect((await stage.ask('POST', `/calls/${call.id}/addLargeGalleryView`, {})).status).toBe(400)
    await using poor = await setStage({ app: { roles: ['Calls.Initiate.All'] } })
    const p2p = await poor.answered()
    expect((await poor.ask('POST', `/calls/${p2p.id}/addLargeGalleryView`, {})).status).toBe(403)
  })
})

describe('logTeleconferenceDeviceQuality', () => {
  const guid = '2f7cb1c4-9f9c-4a37-9d3b-0d8f9c3f6a10'
  const quality = {
    '@odata.type': '#microsoft.graph.teleconferenceDeviceQuality',
    callChainId: guid,
    participantId: guid,
    mediaLegId: guid,
    deviceName: 'Room',
    deviceDescription: 'A room',
    mediaQualityList: [
      {
        '@odata.type': '#microsoft.graph.teleconferenceDeviceVideoQuality',
        channelIndex: 1,
        mediaDuration: 'PT20M',
        averageInboundFrameRate: 30,
      },
    ],
  }
  const path = '/calls/logTeleconferenceDeviceQuality'

  test('is bound to the collection of calls and answers with nothing', async () => {
    await using stage = await setStage()
    const asked = await stage.ask('POST', path, { quality })
    expect(asked).toMatchObject({ status: 200, body: {} })
  })

  test('names the field that is wrong', async () => {
    await using stage = await setStage()
    const asked = await stage.ask('POST', path, { quality: { ...quality, mediaLegId: 'x' } })
    expect(errorOf(asked).message).toContain('quality.mediaLegId')
  })
})

describe('content sharing', () => {
  const callOptions = { isContentSharingNotificationEnabled: true }

  test('is told as the collection to a bot that created the call', async () => {
    await using stage = await setStage()
    const call = await stage.joined({ callOptions })
    call.share()
    call.changeShared()
    call.share(false)
    await stage.pass()
    const told = stage.bot.told.filter((each) => each.resourceUrl.includes('contentsharing'))
    expect(told.map((each) => each.changeType)).toEqual(['created', 'updated', 'deleted'])
    expect(told[0]).toMatchObject({
      resourceUrl: `/communications/calls/${call.id}/contentsharingsessions`,
      resourceData: [{ '@odata.type': '#microsoft.graph.contentSharingSession' }],
    })
  })

  test('is told as the entity, without fields, to a bot that answered it', async () => {
    await using stage = await setStage()
    const call = await stage.answered({ callOptions })
    call.share()
    call.share(false)
    await stage.pass()
    expect(heard(stage.bot)).toEqual([
      'created contentsharingsessions',
      'deleted contentsharingsessions',
    ])
    expect(stage.bot.told[0]).not.toHaveProperty('resourceData')
    expect(stage.bot.told[0]?.resourceUrl.split('/')).toHaveLength(6)
  })

  test('is told in one shape always where the switch says so', async () => {
    await using stage = await setStage({ switches: { contentSharingShape: 'collection' } })
    const call = await stage.answered({ callOptions })
    call.share()
    await stage.pass()
    expect(heard(stage.bot)).toEqual(['created contentsharingsessions of 1'])
  })

  test('is not told to a bot that did not ask', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    call.share()
    await stage.pass()
    expect(heard(stage.bot)).toEqual([])
  })

  test('can be listed and read, while it lasts', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    call.share()
    const path = `/calls/${call.id}/contentSharingSessions`
    const listed = await stage.ask('GET', path)
    expect(listed.body.value).toHaveLength(1)
    const id = JSON.stringify(listed.body).match(/"id":"([^"]+)"/)?.[1]
    expect((await stage.ask('GET', `${path}/${id}`)).body).toEqual({
      '@odata.type': '#microsoft.graph.contentSharingSession',
      id,
    })
    call.leave('bob@fabrikam.com')
    expect((await stage.ask('GET', `${path}/${id}`)).status).toBe(404)
  })
})

describe('hold music', () => {
  const start = (stage: Stage, call: EmulatedCall, body: object = {}, who?: string) =>
    stage.ask('POST', `/calls/${call.id}/participants/${idOf(call, who)}/startHoldMusic`, body)

  test('starts with an operation whose resourceUrl lacks the slash, and stops at once', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    const asked = await start(stage, call, { customPrompt: stage.prompt(), clientContext: 'c' })
    expect(asked.status).toBe(202)
    expect(asked.body).toMatchObject({
      '@odata.type': '#microsoft.graph.startHoldMusicOperation',
      status: 'running',
      clientContext: 'c',
    })
    await stage.pass(100)
    expect(stage.bot.told[0]).toMatchObject({
      changeType: 'deleted',
      resourceUrl: `communications/calls/${call.id}/operations/${asked.body.id}`,
      resourceData: { status: 'completed' },
    })
    expect(stage.bot.told[1]?.resourceData).toMatchObject([
      {},
      { mediaStreams: [{ direction: 'inactive' }] },
    ])
    const path = `/calls/${call.id}/participants/${idOf(call)}/stopHoldMusic`
    const stopped = await stage.ask('POST', path, {})
    expect(stopped).toMatchObject({ status: 202, body: { status: 'completed' } })
    expect(call.truth().roster.some((each) => each.onHold)).toBe(false)
  })

  test('is for one participant at a time', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    call.join('eve@fabrikam.com')
    await start(stage, call)
    expect((await start(stage, call, {}, 'eve@fabrikam.com')).status).toBe(409)
  })

  test('fails with a prompt that cannot be fetched, and nobody is held', async () => {
    await using stage = await setStage({ switches: { holdMusicUrl: 'slash' } })
    const call = await stage.joined()
    await start(stage, call, { customPrompt: stage.prompt('nothing') })
    await stage.pass(100)
    expect(heard(stage.bot)).toEqual(['deleted operations failed'])
    expect(call.truth().roster.some((each) => each.onHold)).toBe(false)
  })
})

describe('audio routing groups', () => {
  const asked = async (options: Parameters<typeof setStage>[0] = {}) => {
    const stage = await setStage(options)
    const call = await stage.joined()
    call.join('eve@fabrikam.com')
    call.join('dan@fabrikam.com')
    const [bob, eve, dan] = ['bob', 'eve', 'dan'].map((name) => idOf(call, `${name}@fabrikam.com`))
    return { stage, call, bob, eve, dan, path: `/calls/${call.id}/audioRoutingGroups` }
  }

  test('are made under an id of the bot, listed, read, changed and taken away', async () => {
    const { stage, bob, eve, dan, path } = await asked()
    await using _ = stage
    const group = { id: 'whisper', routingMode: 'oneToOne', sources: [bob], receivers: [eve] }
    expect(await stage.ask('POST', path, group)).toMatchObject({ status: 200, body: group })
    expect((await stage.ask('GET', path)).body).toMatchObject({ value: [group] })
    const changed = await stage.ask('PATCH', `${path}/whisper`, { receivers: [eve, dan] })
    expect(changed).toMatchObject({ status: 200, body: { ...group, receivers: [eve, dan] } })
    expect((await stage.ask('DELETE', `${path}/whisper`)).status).toBe(204)
    expect((await stage.ask('GET', `${path}/whisper`)).status).toBe(404)
  })

  test('have one source, and where the switch says so one receiver', async () => {
    const { stage, bob, eve, dan, path } = await asked({ switches: { oneToOneReceivers: 'one' } })
    await using _ = stage
    const group = { id: 'whisper', routingMode: 'oneToOne', sources: [bob], receivers: [eve, dan] }
    expect((await stage.ask('POST', path, group)).status).toBe(400)
    const multicast = { ...group, routingMode: 'multicast' }
    expect((await stage.ask('POST', path, multicast)).status).toBe(200)
    const two = { ...multicast, sources: [bob, eve] }
    expect((await stage.ask('POST', path, two)).status).toBe(400)
  })

  test('hold participants of the call only', async () => {
    const { stage, bob, path } = await asked()
    await using _ = stage
    const group = { id: 'g', routingMode: 'multicast', sources: [bob], receivers: ['nobody'] }
    expect(errorOf(await stage.ask('POST', path, group)).message).toContain('nobody')
  })
})

describe('beta', () => {
  test('serves every method, and its own ones there only', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    const read = await stage.graph('GET', `${BETA}/calls/${call.id}`)
    expect(read.status).toBe(200)
    expect((await stage.graph('GET', `/beta/app/calls/${call.id}`)).status).toBe(200)
    const path = `/calls/${call.id}/updateMetadata`
    expect((await stage.ask('POST', path, { metadata: 'm' })).status).toBe(404)
    const updated = await stage.graph('POST', BETA + path, { metadata: 'm', clientContext: 'c' })
    expect(updated).toMatchObject({
      status: 200,
      body: { '@odata.type': '#microsoft.graph.commsOperation', status: 'completed' },
    })
    expect(updated.headers.get('location')).toContain(BETA)
    await stage.pass()
    expect(stage.bot.told.at(-1)?.resourceData).toMatchObject([{ metadata: 'm' }, {}])
  })

  test('muteAll mutes those named, or everyone else', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    call.join('eve@fabrikam.com')
    const path = `${BETA}/calls/${call.id}/participants/muteAll`
    await stage.graph('POST', path, { participants: [idOf(call)] })
    expect(call.truth().roster.map((each) => each.muted)).toEqual([false, true, false])
    const all = await stage.graph('POST', path, { participants: [''], clientContext: 'c' })
    expect(all).toMatchObject({ status: 200, body: { status: 'completed', clientContext: 'c' } })
    expect(call.truth().roster.map((each) => each.muted)).toEqual([false, true, true])
  })

  test('configureMixer runs, then completes', async () => {
    await using stage = await setStage()
    const call = await stage.joined()
    const path = `${BETA}/calls/${call.id}/participants/configureMixer`
    const body = { participantMixerLevels: [{ participant: idOf(call), exclusive: true }] }
    expect(await stage.graph('POST', path, body)).toMatchObject({
      status: 200,
      body: { status: 'running' },
    })
    await stage.pass(100)
    expect(heard(stage.bot)).toEqual(['deleted operations completed'])
  })

  test('record of 2019 takes its own prompts and tells the names of its time', async () => {
    await using stage = await setStage()
    const call = await stage.answered()
    const prompts = [
      { '@odata.type': '#microsoft.graph.silencePrompt', duration: 1 },
      { mediaInfo: { url: `${stage.bot.url}/prompts/welcome`, id: 'w' }, loop: 1 },
    ]
    const asked = await stage.graph('POST', `/beta/app/calls/${call.id}/record`, {
      prompts,
      streamWhileRecording: false,
      maxRecordDurationInSeconds: 4,
    })
    expect(asked).toMatchObject({ status: 200, body: { status: 'running' } })
    await stage.pass(2_000)
    call.say(10_000)
    await stage.pass(4_000)
    expect(lastTold(stage.bot)).toMatchObject({
      status: 'completed',
      length: 4,
      recordResourceLocation: expect.stringContaining('/recordings/'),
    })
  })
})
