/** The system's time, for libraries that take no clock: they too must live in the simulated world. */

const SystemDate = globalThis.Date

let before = SystemDate

/** The clocks of the worlds that are open; the latest is believed. */
const clocks: (() => number)[] = []

/** From now on `Date` tells this time; give the function returned its call when done. */
export function tellTime(now: () => number): () => void {
  if (clocks.length === 0) before = globalThis.Date
  clocks.push(now)
  globalThis.Date = SimulatedDate
  return () => {
    clocks.splice(clocks.indexOf(now), 1)
    if (clocks.length === 0) globalThis.Date = before
  }
}

function nowMs(): number {
  return clocks.at(-1)?.() ?? SystemDate.now()
}

const SimulatedDate = new Proxy(SystemDate, {
  construct: (date, given, made) =>
    Reflect.construct(date, given.length > 0 ? given : [nowMs()], made),
  apply: () => new SystemDate(nowMs()).toString(),
  get: (date, name) => (name === 'now' ? nowMs : Reflect.get(date, name)),
})
