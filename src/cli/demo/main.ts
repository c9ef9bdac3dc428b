/** `npm run demo`: ten callers, one engine, one SIGKILL in the middle; ends with the judge's verdict. */
import { column, print, span } from '../terminal/line.ts'
import type { Stage } from './caller.ts'
import type { Violation } from './judge.ts'
import { Scene } from './scene.ts'

const stages: readonly Stage[] = [
  'ringing',
  'connected',
  'prompt',
  'choosing',
  'transferring',
  'ended',
]

function tell(title: string, text: string): void {
  print(span('  '), column(title, 16, 'cyan'), span(text))
}

function tellStages({ callers }: Scene): void {
  const counts = stages
    .map((stage) => [stage, callers.filter((caller) => caller.stage === stage).length] as const)
    .filter(([, count]) => count > 0)
  tell('callers', counts.map(([stage, count]) => `${count} ${stage}`).join(' · '))
}

function tellViolation({ name, callId, what }: Violation): void {
  print(span('  '), column(name, 16, 'red'), span(`${callId.slice(0, 8)}: ${what}`))
}

print(span('Ten callers, one engine, one SIGKILL', 'bold'))
await using scene = await Scene.open()
tell('engine up', `process ${scene.engine.pid}; the judge is process ${process.pid}`)

scene.staffDesk(false)
const waiting = ['prompt', 'prompt', 'prompt', 'choosing', 'choosing', 'choosing'] as const
for (const stage of [...waiting, 'transferring', 'transferring'] as const) scene.ring(stage)
await scene.until('all callers are where they wait', () =>
  scene.callers.every(({ waits }) => waits),
)
// Their prompts are fetched from the engine, so it must live until they are.
await scene.emulator.idle()
scene.ring('prompt')
scene.ring('prompt')
await scene.asked('answer')
const killedMs = Date.now()
const gone = scene.engine.kill()
tellStages(scene)
await gone
tell('SIGKILL', `process ${scene.engine.pid}, which was answering, is gone`)
const [listener, , , chooser] = scene.callers
listener?.goOn()
chooser?.goOn()
tell('nobody there', 'a prompt ends, and a caller presses 1 all the same')

await scene.restart()
tell(
  'engine up',
  `process ${scene.engine.pid}, ${Date.now() - killedMs} ms later; it took up ${scene.engine.takenUp} calls`,
)
tellStages(scene)

scene.pickUpAll()
scene.staffDesk(true)
for (const caller of scene.callers) caller.goOn()
const { violations, ...verdict } = await scene.verdict()
tellStages(scene)
if (violations.length === 0) tell('verdict', 'nothing was lost, and nothing was done twice')
else process.exitCode = 1
for (const violation of violations) tellViolation(violation)
console.log(JSON.stringify({ ...verdict, restarts: 1, violations: violations.length }))
