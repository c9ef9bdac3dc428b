/** The way to Microsoft: Graph, the keys it signs with, and whether its clock agrees with ours. */
import { SystemClock } from '../../clock.ts'
import type { Config } from '../../config.ts'
import { LEEWAY_SECONDS, readKeys } from '../../webhook/index.ts'
import { ask } from './ask.ts'
import { type Finding, ok, reasonOf, unknown, wrong } from './finding.ts'

/** A clock further off than this is kept by nobody. */
const MOST_SKEW_MS = 60_000

export async function checkMicrosoft(config: Config): Promise<readonly Finding[]> {
  return [...(await checkGraph(config)), await checkKeys(config)]
}

async function checkGraph({ graphUrl }: Config): Promise<readonly Finding[]> {
  const askedMs = Date.now()
  try {
    // Without a token it answers 401, which is answer enough.
    const { status, header } = await ask(`${graphUrl}/v1.0/communications/calls`)
    const found =
      status < 500
        ? ok('graph', `${graphUrl} answers.`)
        : wrong(
            'graph',
            `${graphUrl} answers ${status}.`,
            'Wait, or see whether Microsoft reports an outage.',
          )
    return [found, clockFinding(header('date'), (askedMs + Date.now()) / 2)]
  } catch (error) {
    const what = `${graphUrl} cannot be reached (${reasonOf(error)}).`
    return [
      wrong(
        'graph',
        what,
        'Let this machine make https requests to it, or correct CALLCHART_GRAPH_URL.',
      ),
      unknown('clock', 'Graph, whose clock ours is compared with, cannot be reached.'),
    ]
  }
}

function clockFinding(date: string | null, nowMs: number): Finding {
  const theirMs = Date.parse(date ?? '')
  if (Number.isNaN(theirMs)) return unknown('clock', 'Graph did not say what time it is.')
  // The header has whole seconds: on average half of one has passed since.
  const skewMs = nowMs - theirMs - 500
  const seconds = Math.round(Math.abs(skewMs) / 1_000)
  if (Math.abs(skewMs) <= MOST_SKEW_MS) {
    return ok('clock', `Agrees with Graph's to ${Math.max(1, seconds)} s.`)
  }
  return wrong(
    'clock',
    `Is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} Graph's: from ${LEEWAY_SECONDS} s on, its tokens are refused.`,
    'Let the machine set its clock by NTP.',
  )
}

async function checkKeys({ keysUrl }: Config): Promise<Finding> {
  try {
    const { keys } = await readKeys({ keysUrl, clock: new SystemClock() })
    if (keys.length > 0) return ok('signing keys', `${keys.length} at ${keysUrl}.`)
    return wrong('signing keys', `${keysUrl} publishes no key.`, 'Correct CALLCHART_KEYS_URL.')
  } catch (error) {
    return wrong(
      'signing keys',
      `${keysUrl} cannot be read (${reasonOf(error)}): no notification could be verified.`,
      'Let this machine make https requests to it, or correct CALLCHART_KEYS_URL.',
    )
  }
}
