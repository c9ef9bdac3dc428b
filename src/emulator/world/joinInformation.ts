/** The text of an invitation to a meeting, in the language the asker prefers. */
import type { Resource } from '../notifications.ts'
import type { Meeting } from './meetings.ts'

const phrases: Readonly<Record<string, string>> = {
  en: 'Join the meeting',
  de: 'An der Besprechung teilnehmen',
  es: 'Unirse a la reunión',
  fr: 'Participer à la réunion',
  ja: '会議に参加',
}

/** `language` as in an Accept-Language header; English where the language is not known here. */
export function joinInformation(meeting: Meeting, language: string): Resource {
  const wanted = language.split(',').map((each) => each.trim().slice(0, 2).toLowerCase())
  const known = wanted.find((each) => phrases[each]) ?? 'en'
  const html = `<div lang="${known}"><a href="${meeting.joinWebUrl}">${phrases[known]}</a></div>`
  return { content: `data:text/html,${encodeURIComponent(html)}`, contentType: 'html' }
}
