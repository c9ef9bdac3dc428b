/** Whom, and what, the number `who` of a deed means. */
import { exactSpan } from '../../../snapshots/spans.ts'
import type { Deed } from './traffic.ts'

const people = [
  'bob@fabrikam.com',
  'ann@contoso.com',
  'desk@contoso.com',
  'declining@contoso.com',
  'ignoring@contoso.com',
  '+14255550100',
] as const

/** What is pressed: mostly what menus offer. */
const KEYS = '123456789*0#'

export function personOf(who: number): string {
  return people[who % people.length] ?? people[0]
}

/** Phones are under no policy. */
export function userOf(who: number): string {
  return personOf(who % (people.length - 1))
}

/** The two whom a bot calls at once. */
export function severalOf(who: number): string[] {
  return [personOf(who % 5), personOf((who + 1) % 5)]
}

export function keyOf(who: number): string {
  return KEYS.charAt(who % KEYS.length)
}

export function spokenMsOf(who: number): number {
  return 1_000 * (who + 1)
}

const texts: { readonly [Act in Deed['act']]: (who: number) => string } = {
  ring: (who) => `${personOf(who)} rings`,
  recordUnderPolicy: (who) => `${userOf(who)} is to be recorded`,
  dial: (who) => `the bot calls ${personOf(who)}`,
  dialSeveral: (who) => `the bot calls ${severalOf(who).join(' and ')}`,
  joinMeeting: () => 'the bot joins a meeting',
  press: (who) => `presses ${keyOf(who)}`,
  finishPrompt: () => 'the prompt comes to its end',
  say: (who) => `speaks for ${exactSpan(spokenMsOf(who))}`,
  mute: () => 'mutes',
  unmute: () => 'unmutes',
  share: () => 'shares the screen',
  unshare: () => 'stops sharing',
  join: (who) => `${personOf(who)} joins`,
  leave: (who) => `${personOf(who)} leaves`,
  joinUnderPolicy: (who) => `${userOf(who)} is to be recorded too`,
  leaveUnderPolicy: (who) => `${userOf(who)}, who is recorded, leaves`,
  hangUp: () => 'hangs up',
  removeBot: () => 'somebody removes the bot',
  admit: () => 'the bot is let in from the lobby',
}

/** A deed in words: `bob@fabrikam.com rings`. */
export function deedText({ act, who }: Deed): string {
  return texts[act](who)
}
