/** A call lives in text: read back after every turn, or replayed from its journal, it goes on alike. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startTurn, takeTurn } from '../../src/engine/turn.ts'
import { begin, input, type Played, play, readBack, rejournalled, standing } from './play.ts'
import { anyTraffic, deskChart } from './traffic.ts'

const asText = (value: unknown) => JSON.parse(JSON.stringify(value))
const all = ({ turns, group }: Played) =>
  asText({
    turns: turns.map(({ moved, ...turn }) => ({ ...turn, moved: [...moved] })),
    sequence: group.sequence,
    roster: [...group.roster.entries],
    at: [group.roster.sequence, group.roster.wholeSince],
  })

test('a call read back from its own text after every turn behaves as one kept in memory', () => {
  fc.assert(
    fc.property(anyTraffic, (traffic) => {
      const kept = play(deskChart, begin(deskChart), traffic)
      const read = play(deskChart, begin(deskChart), traffic, readBack)
      expect(asText(standing(read))).toEqual(asText(standing(kept)))
      expect(all(read)).toEqual(all(kept))
    }),
    { numRuns: 100 },
  )
})

test('a call replayed from its journal, all of it or from any checkpoint, is the same call', () => {
  fc.assert(
    fc.property(anyTraffic, fc.double({ min: 0, max: 1, noNaN: true }), (traffic, share) => {
      const lived = play(deskChart, begin(deskChart), traffic)
      const journal = lived.journal.map(rejournalled)
      const from = Math.floor(share * journal.length)
      const first = startTurn(deskChart, { type: 'call.started', input: asText(input) })
      const commands = [...first.commands]
      let { group } = first
      journal.forEach((event, index) => {
        if (index === from) group = readBack(deskChart, group)
        const turn = takeTurn(deskChart, group, event)
        group = turn.group
        commands.push(...turn.commands)
      })
      expect(asText(commands)).toEqual(asText(lived.commands))
      expect(asText(standing({ ...lived, group }))).toEqual(asText(standing(lived)))
      expect(asText([...group.roster.entries])).toEqual(asText([...lived.group.roster.entries]))
    }),
    { numRuns: 100 },
  )
})
