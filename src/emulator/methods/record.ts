import { z } from 'zod'
import { accessMedia } from '../permissions.ts'
import type { MediaInfo } from '../prompts.ts'
import { mediaInfo } from '../schemas.ts'
import { callMethod } from './method.ts'
import { recordBody, record as startRecord } from './recordResponse.ts'

/** Silence is a prompt too in this form; how its length is written, no page still shows. */
const prompt = z.union([
  z.looseObject({ mediaInfo }),
  z.looseObject({ mediaInfo: z.looseObject({ url: z.url(), id: z.string().nullish() }) }),
  z.looseObject({ '@odata.type': z.string().endsWith('silencePrompt') }),
])

/** Beta of 2018 and 2019: the form that recordResponse had before. */
export const record = callMethod({
  name: 'record',
  verb: 'POST',
  path: '/calls/:callId/record',
  betaOnly: true,
  permissions: accessMedia,
  checked: 'always',
  body: recordBody.extend({ prompts: z.array(prompt).nullish() }),
  run: (asked) => {
    const prompts = (asked.body.prompts ?? []).flatMap(mediaOf)
    return startRecord(asked, { prompts, asIn2019: true })
  },
})

function mediaOf(written: z.infer<typeof prompt>): readonly MediaInfo[] {
  const read = z.looseObject({ mediaInfo }).safeParse(written)
  if (read.success) return [read.data.mediaInfo]
  const old = z.object({ mediaInfo: z.object({ url: z.string(), id: z.string().nullish() }) })
  const { data: found } = old.safeParse(written)
  return found ? [{ uri: found.mediaInfo.url, resourceId: found.mediaInfo.id }] : []
}
