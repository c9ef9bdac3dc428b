/** What runs from the moment the engine lets the page in. */
import { effect } from '@preact/signals'
import { readAbout } from './about.ts'
import { access, logIn } from './api.ts'
import { followCalls } from './calls/live.ts'
import { connection } from './stream.ts'

const ASK_AGAIN_MS = 2_000

let isFollowing = false

/** Asks the engine who it is and follows its calls; does nothing twice. */
export async function begin(): Promise<void> {
  await readAbout()
  if (isFollowing || access.value !== 'open') return
  isFollowing = true
  followCalls()
  let wake: ReturnType<typeof setInterval> | undefined
  effect(() => {
    clearInterval(wake)
    // Started anew, the engine may be another: with other charts, another clock, or another token.
    if (connection.value === 'lost') wake = setInterval(() => void readAbout(), ASK_AGAIN_MS)
    else if (wake !== undefined) void readAbout()
  })
}

/** Takes the token out of the address, where it would be kept and shown, and hands it in. */
export async function useTokenInAddress(): Promise<void> {
  const [, token] = /^#token=(.+)$/.exec(location.hash) ?? []
  if (token === undefined) return
  history.replaceState(null, '', '#/calls')
  await logIn(decodeURIComponent(token)).catch(() => {
    access.value = 'closed'
  })
}
