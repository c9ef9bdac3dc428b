/** The judge can see: whichever promise is broken on purpose, it names it. */
import { trafficOf } from 'callchart/testkit'
import { expect, test } from 'vitest'
import {
  isSabotage,
  run,
  type SabotageName,
  sabotages,
} from '../../src/testkit/simulation/index.ts'
import { busyBot } from './bot.ts'
import { talkingBot } from './talkingBot.ts'

/** What each sabotage must be found out by. */
const seenBy: { readonly [Name in SabotageName]: string } = {
  skipTheFsync: 'nothingCommittedIsLost',
  acknowledgeBeforeCommit: 'nothingAcknowledgedIsLost',
  dropTheOutboxMark: 'everyRequestIsMarked',
  sendEverythingTwice: 'nothingExecutedTwice',
  ignoreADuplicateCheck: 'nothingAcknowledgedIsLost',
  keepFiredTimers: 'nothingLeaks',
  writeAWrongSnapshot: 'replayIsExact',
  keepATone: 'nothingPrivateOnDisk',
  neverEndACall: 'everyCallEnds',
  forgetWhatWasTold: 'everythingToldIsHeardOnce',
}

test.each(Object.keys(sabotages).filter(isSabotage))('%s is seen', async (name) => {
  const invariant = seenBy[name]
  const found = new Set<string>()
  for (let seed = 1; seed <= 10 && !found.has(invariant); seed++) {
    const bot = name === 'forgetWhatWasTold' ? talkingBot : busyBot
    const { violations } = await run(bot, trafficOf(seed), { sabotage: sabotages[name] })
    for (const violation of violations) found.add(violation.invariant)
  }
  expect([...found]).toContain(invariant)
})
