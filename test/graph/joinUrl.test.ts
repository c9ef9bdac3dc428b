import { describe, expect, test } from 'vitest'
import { requestFor } from '../../src/graph/requests.ts'
import { meetingFromJoinUrl } from '../../src/index.ts'
import { ANNA, CALL as TENANT } from './fixtures.ts'

const threadId = '19:meeting_bm9jdHVybmFs@thread.v2'
const context = encodeURIComponent(JSON.stringify({ Tid: TENANT, Oid: ANNA }))
const tail = `l/meetup-join/${encodeURIComponent(threadId)}/0?context=${context}`
const long = `https://teams.microsoft.com/${tail}`
const twice = `https://teams.microsoft.com/l/meetup-join/${encodeURIComponent(encodeURIComponent(threadId))}/0?context=${encodeURIComponent(context)}`
const wrapped = `https://emea01.safelinks.protection.outlook.com/ap/t-59584e83/?url=${encodeURIComponent(long)}&reserved=0`

describe('a link that names the thread', () => {
  test.each([
    ['as Graph writes it', long],
    ['in lower-case escapes', long.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())],
    ['with http', long.replace('https', 'http')],
    ['encoded twice', twice],
    ['encoded as a whole', encodeURIComponent(long)],
    ['of a personal account', `https://teams.live.com/${tail}`],
    ['of the US government', `https://gov.teams.microsoft.us/${tail}`],
    ['of the US department of defense', `https://dod.teams.microsoft.us/${tail}`],
    ['of the new address', `https://teams.cloud.microsoft/${tail}`],
    ['of the web client', `https://teams.microsoft.com/_#/${tail}`],
    ['inside a safe link', wrapped],
    ['with spaces around', `  ${long}\n`],
    ['with more in its query', `${long}&anon=true`],
    ['with its context in lower case', long.replace('Tid', 'tid').replace('Oid', 'oid')],
  ])('%s', (_, url) => {
    expect(meetingFromJoinUrl(url)).toEqual({
      chatInfo: { threadId, messageId: '0' },
      meetingInfo: {
        '@odata.type': '#microsoft.graph.organizerMeetingInfo',
        organizer: { user: { id: ANNA, tenantId: TENANT } },
      },
      tenantId: TENANT,
    })
  })

  test('of a channel keeps its message', () => {
    const link = long.replace('/0?', '/1712345678901?')
    expect(meetingFromJoinUrl(link)).toMatchObject({ chatInfo: { messageId: '1712345678901' } })
  })

  test('is all that createCall needs', () => {
    const call = { key: 'k', callbackUri: 'https://desk.example/api/calls/k' }
    const options = { commandId: 'c', promptsUrl: 'https://desk.example/prompts' }
    const { body } = requestFor('createCall', { ...meetingFromJoinUrl(long) }, call, options)
    expect(body).toMatchObject({
      chatInfo: { '@odata.type': '#microsoft.graph.chatInfo', threadId },
      meetingInfo: { organizer: { '@odata.type': '#microsoft.graph.identitySet' } },
      tenantId: TENANT,
    })
  })
})

describe('a short link', () => {
  test.each([
    ['https://teams.microsoft.com/meet/402118773?p=q7m2xk', 'q7m2xk'],
    ['https://teams.live.com/meet/9361234567890?p=Ab%2BC', 'Ab+C'],
    ['https://teams.microsoft.us/meet/402118773', null],
  ])('%s', (url, passcode) => {
    expect(meetingFromJoinUrl(url)).toEqual({
      meetingInfo: {
        '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo',
        joinMeetingId: /\d+/.exec(url)?.[0],
        passcode,
      },
    })
  })
})

test.each<[string, RegExp]>([
  ['', /not a URL/],
  ['call me', /not a URL/],
  ['ftp://teams.microsoft.com/meet/402118773', /protocol is ftp/],
  ['https://teams.microsoft.com.evil.example/meet/402118773', /no host of Teams/],
  ['https://meet.example/l/meetup-join/19%3ax/0', /"meet.example" is no host of Teams/],
  ['https://teams.microsoft.com/l/channel/19%3ax', /neither/],
  ['https://teams.microsoft.com/l/meetup-join', /names no thread/],
  ['https://teams.microsoft.com/l/meetup-join/19%3ax/0', /no "context"/],
  ['https://teams.microsoft.com/l/meetup-join/19%3ax/0?context=x', /not JSON/],
  ['https://teams.microsoft.com/l/meetup-join/19%3ax/0?context={"Tid":"x"}', /no "Oid"/],
  ['https://teams.microsoft.com/meet/anna', /no meeting id/],
  [
    'https://eur.safelinks.protection.outlook.com/?url=https%3A%2F%2Fbank.example',
    /no host of Teams/,
  ],
])('%j is no join link', (url, reason) => {
  expect(() => meetingFromJoinUrl(url)).toThrow(reason)
  expect(() => meetingFromJoinUrl(url)).toThrow(/joinWebUrl/)
})
