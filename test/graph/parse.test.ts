import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pathId, sameId } from '../../src/graph/ids.ts'
import { parseNotifications } from '../../src/graph/parse.ts'
import { BARE_CALL, body, CALL, incoming, item, OPERATION, participant } from './fixtures.ts'

const only = (sent: unknown) => {
  const { notifications, refused } = parseNotifications(body(sent))
  expect(refused).toEqual([])
  expect(notifications).toHaveLength(1)
  return notifications[0]
}

describe('what is accepted', () => {
  test('an incoming call keeps every member it came with', () => {
    expect(only(item('created', '', incoming))).toEqual({
      changeType: 'created',
      resourceUrl: `/communications/calls/${CALL}`,
      callId: CALL,
      subject: 'call',
      resources: [incoming],
    })
  })

  const at = (resourceUrl: string) => ({ changeType: 'updated', resourceUrl, resourceData: {} })
  test.each([
    ['bare upper-case id', at(`/communications/calls/${BARE_CALL}`)],
    ['no leading slash', at(`communications/calls/${CALL}`)],
    ['a slash at the end', at(`/communications/calls/${CALL}/`)],
    ['the old path', at(`/app/calls/${CALL}`)],
    ['another case', at(`/Communications/Calls/${CALL.toUpperCase()}`)],
    ['the old member "resource"', { changeType: 'updated', resource: `/app/calls/${BARE_CALL}` }],
    ['no resourceData', { changeType: 'updated', resourceUrl: `/communications/calls/${CALL}` }],
    ['a null resourceData', { ...at(`/communications/calls/${CALL}`), resourceData: null }],
  ])('%s reads as the same call', (_, sent) => {
    expect(only(sent)).toMatchObject({ callId: CALL, subject: 'call' })
  })

  const roster = [participant(OPERATION, 'Anna')]
  const invited = { '@odata.type': '#microsoft.graph.inviteParticipantsOperation' }
  const joining = { '@odata.type': '#microsoft.graph.participantJoiningNotification', call: {} }
  const left = { '@odata.type': '#microsoft.graph.participantLeftNotification' }
  test.each([
    ['/participants', roster, 'participants', undefined],
    ['/operations/participants', roster, 'participants', undefined],
    ['/operations/participants', invited, 'operation', undefined],
    [`/operations/${OPERATION.toUpperCase()}`, invited, 'operation', OPERATION],
    ['/contentsharingsessions', [{ id: 'F7' }], 'contentSharing', undefined],
    ['/contentSharingSessions/F7', undefined, 'contentSharing', 'F7'],
    ['', joining, 'participantJoining', undefined],
    ['', left, 'participantLeft', undefined],
    ['/participantJoiningNotification', joining, 'participantJoining', undefined],
    ['/participants/somebody', roster, 'unknown', 'somebody'],
    ['/weather', {}, 'unknown', undefined],
  ])('%s is about the right subject', (tail, resourceData, subject, subjectId) => {
    const read = only(item('updated', tail, resourceData))
    expect(read?.subject).toBe(subject)
    expect(read?.subjectId).toBe(subjectId)
  })

  test('one entity and a list of entities both read as a list', () => {
    expect(only(item('updated', '', { state: 'established' }))?.resources).toHaveLength(1)
    expect(only(item('updated', '/participants', [{}, {}]))?.resources).toHaveLength(2)
  })

  test('a known change type in another case is known, an unknown one is kept', () => {
    expect(only(item('Deleted', ''))?.changeType).toBe('deleted')
    expect(only(item('moved', ''))?.changeType).toBe('moved')
  })
})

describe('what is refused', () => {
  const good = item('updated', '', { state: 'established' })
  const at = (resourceUrl: unknown) => ({ changeType: 'updated', resourceUrl })
  const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)
  test.each([
    ['text', 'hello', 'not an object'],
    ['null', null, 'not an object'],
    ['no change type', { resourceUrl: `/communications/calls/${CALL}` }, 'changeType'],
    ['no address', { changeType: 'updated' }, 'resourceUrl'],
    ['an address that is no text', at(7), 'resourceUrl'],
    ['another collection', at('/users/4d0f'), 'not below'],
    ['an empty id', at('/communications/calls/'), 'call id'],
    ['an id that climbs', at('/communications/calls/..'), 'call id'],
    ['an id with a query', at(`/communications/calls/${CALL}?x=1`), 'call id'],
    ['an id that is escaped', at('/communications/calls/%2e%2e%2fusers'), 'call id'],
    ['an id without end', at(`/communications/calls/${'a'.repeat(129)}`), 'call id'],
    ['resourceData that is text', item('updated', '', 'x'), 'more than objects'],
    ['resourceData with a hole', item('updated', '/participants', [{}, null]), 'more than objects'],
    ['a roster without end', item('updated', '/participants', Array(10_001).fill({})), '10000'],
    ['depth without end', item('updated', '', { deep }), 'deeply'],
  ])('%s costs that item only', (_, bad, reason) => {
    const { notifications, refused } = parseNotifications(body(good, bad, good))
    expect(notifications).toHaveLength(2)
    expect(refused).toEqual([{ index: 1, reason: expect.stringContaining(reason) }])
  })

  test.each([undefined, null, 7, 'x', [], {}, { value: {} }, { value: null }])(
    'a body that is no list of notifications is refused: %j',
    (sent) => {
      expect(parseNotifications(sent)).toEqual({ notifications: [], refused: [expect.anything()] })
    },
  )

  test('items over the limit of a body are refused, those within it are not', () => {
    const { notifications, refused } = parseNotifications(body(...Array(1_003).fill(good)))
    expect(notifications).toHaveLength(1_000)
    expect(refused).toEqual([{ index: 1_000, reason: expect.stringContaining('1000 to 1002') }])
  })

  test('keys that could poison an object are stripped at any depth', () => {
    const text = '{"__proto__":{"a":1},"in":{"constructor":{"prototype":{"b":1}},"kept":1}}'
    const read = only(item('updated', '', JSON.parse(text)))
    expect(read?.resources).toEqual([{ in: { kept: 1 } }])
    expect(Object.hasOwn(read?.resources[0] ?? {}, '__proto__')).toBe(false)
  })
})

describe('for anything at all', () => {
  test('the parser never throws and accounts for every item', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (items) => {
        const { notifications, refused } = parseNotifications({ value: items })
        expect(notifications.length + refused.length).toBe(items.length)
      }),
    )
    fc.assert(fc.property(fc.anything(), (sent) => void parseNotifications(sent)))
  })

  test('normalising an id twice is normalising it once', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.uuid()), (id) => {
        expect(sameId(sameId(id))).toBe(sameId(id))
      }),
    )
  })

  test('every spelling of a GUID is one id', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.boolean(), fc.boolean(), (id, isBare, isUpper) => {
        const bare = isBare ? id.replaceAll('-', '') : id
        expect(sameId(isUpper ? bare.toUpperCase() : bare)).toBe(id)
      }),
    )
  })

  test('an id that may stand in a URL never changes the URL', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const id = pathId(text)
        if (id !== undefined) expect(new URL(`http://a/b/${id}/c`).pathname).toBe(`/b/${id}/c`)
      }),
    )
  })
})
