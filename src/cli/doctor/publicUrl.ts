/** The road by which Graph comes, as far as it can be walked from this machine. */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import type { Config } from '../../config.ts'
import { isLoopback } from '../../loopback.ts'
import { type Answered, ask, objectIn } from './ask.ts'
import { type Finding, ok, reasonOf, unknown, wrong } from './finding.ts'

const TIMEOUT_MS = 10_000
const DAY_MS = 24 * 60 * 60_000
/** A certificate that ends sooner than this should have been renewed by now. */
const LEAST_DAYS = 14

const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|127\.|169\.254\.|::1$|f[cd]|fe80:)/i

export async function checkPublicUrl(
  { publicUrl }: Config,
  mark?: string,
): Promise<readonly Finding[]> {
  const url = new URL(publicUrl)
  const findings = [await checkName(url)]
  if (url.protocol === 'https:' && !isWrong(findings)) findings.push(await checkCertificate(url))
  if (isWrong(findings)) {
    return [
      ...findings,
      unknown('webhook', `${publicUrl} is not asked before the line above is well.`),
    ]
  }
  return [...findings, ...(await checkWebhook(publicUrl, mark)), outside(url)]
}

function isWrong(findings: readonly Finding[]): boolean {
  return findings.some(({ verdict }) => verdict === 'wrong')
}

async function checkName({ hostname }: URL): Promise<Finding> {
  const host = hostOf(hostname)
  try {
    const addresses = (await lookup(host, { all: true })).map(({ address }) => address)
    const told = `${host} is ${addresses.join(', ')}`
    if (isLoopback(new URL(`http://${hostname}`))) return ok('dns', `${told}: this machine.`)
    if (!addresses.every((address) => PRIVATE.test(address))) return ok('dns', `${told}.`)
    return unknown(
      'dns',
      `${told} from here, a private address.`,
      'See that public name servers give Graph a public address.',
    )
  } catch (error) {
    return wrong(
      'dns',
      `${host} has no address (${reasonOf(error)}).`,
      'Make a DNS record for it, or correct CALLCHART_PUBLIC_URL.',
    )
  }
}

/** What OpenSSL calls each flaw, and what it takes to mend it. */
const flaws: { readonly [code: string]: string } = {
  CERT_HAS_EXPIRED: 'Renew the certificate.',
  CERT_NOT_YET_VALID: "Set this machine's clock, or wait until the certificate is valid.",
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Get a certificate from a public authority: Graph trusts no other.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Get a certificate from a public authority: Graph trusts no other.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'Let the server send the whole chain: the certificate and its intermediates, in one file.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'Get a certificate from a public authority, and let the server send the whole chain.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Get a certificate that names this host.',
}

async function checkCertificate(url: URL): Promise<Finding> {
  let socket: TLSSocket | undefined
  try {
    socket = await secured(url)
    const { valid_to, issuer } = socket.getPeerCertificate()
    const flaw = socket.authorizationError as unknown
    if (!socket.authorized) {
      const code = String(flaw)
      return wrong(
        'certificate',
        `Graph would not trust it (${code}).`,
        flaws[code] ?? 'Mend the certificate.',
      )
    }
    const days = Math.floor((Date.parse(valid_to) - Date.now()) / DAY_MS)
    const told = `Valid for ${days} more days, from ${[issuer?.O ?? issuer?.CN ?? 'an authority'].flat().join(', ')}`
    if (days >= LEAST_DAYS) return ok('certificate', `${told}, with its whole chain.`)
    return wrong('certificate', `${told}.`, 'Renew it, and see why that did not happen by itself.')
  } catch (error) {
    return wrong(
      'certificate',
      `${url.host} takes no TLS connection (${reasonOf(error)}).`,
      'Start the reverse proxy that ends TLS there, and open its port.',
    )
  } finally {
    socket?.destroy()
  }
}

function secured({ hostname, port }: URL): Promise<TLSSocket> {
  const host = hostOf(hostname)
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(port || 443),
      // A flawed certificate shall be looked at, not only refused. Nothing is sent.
      rejectUnauthorized: false,
      ...(isIP(host) === 0 && { servername: host }),
    })
    socket.once('secureConnect', () => resolve(socket))
    socket.once('error', reject)
    socket.setTimeout(TIMEOUT_MS, () => {
      socket.destroy()
      reject(new Error(`no answer within ${TIMEOUT_MS / 1_000} s`))
    })
  })
}

async function checkWebhook(
  publicUrl: string,
  mark: string | undefined,
): Promise<readonly Finding[]> {
  const proxied = 'Let the reverse proxy pass this URL, its whole path, to the port of the bot.'
  try {
    const health = await ask(`${publicUrl}/readyz`)
    if (!isOurs(health, mark)) {
      return [
        wrong(
          'webhook',
          `${publicUrl}/readyz answers ${health.status}, but it is not this bot that answers.`,
          proxied,
        ),
      ]
    }
    const headers = { 'content-type': 'application/json' }
    const { status } = await ask(`${publicUrl}/api/calls`, { method: 'POST', body: '{}', headers })
    // Whoever has no token is turned away, by the bot with 401 and by the stand-in with 503.
    if (status === (mark === undefined ? 401 : 503)) {
      return [
        ok(
          'webhook',
          `${publicUrl}/api/calls is answered by ${mark ? 'this machine' : 'the running bot'}.`,
        ),
      ]
    }
    return [
      wrong(
        'webhook',
        `A post to ${publicUrl}/api/calls is answered ${status} by somebody else.`,
        proxied,
      ),
    ]
  } catch (error) {
    return [wrong('webhook', `${publicUrl} does not answer (${reasonOf(error)}).`, proxied)]
  }
}

/** The stand-in gives its mark; a bot that runs says whether it takes traffic. */
function isOurs(health: Answered, mark: string | undefined): boolean {
  const { ready, reason } = objectIn(health)
  return mark === undefined ? typeof ready === 'boolean' : reason === mark
}

function outside(url: URL): Finding {
  if (isLoopback(url)) {
    return unknown('outside', 'Only an emulated Graph on this machine reaches a loopback address.')
  }
  return unknown(
    'outside',
    'Whether Graph reaches it through firewalls and name servers cannot be known from inside.',
    `From another network: curl --include ${url.href.replace(/\/$/, '')}/healthz`,
  )
}

/** An IPv6 address stands in brackets in a URL only. */
function hostOf(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '')
}
