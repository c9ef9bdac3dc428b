import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../snapshots/folder.ts'
import { callchart } from '../callchart.ts'
import { createAuthority, selfSigned } from './certificates.ts'
import { examined, healthy, passingTo, proxying, serving, told } from './ward.ts'

const nobody = 'http://127.0.0.1:1'

describe('of the way by which Graph comes the doctor says', () => {
  test('that the port is taken by a stranger', async () => {
    const environment = await healthy()
    await serving((_, answer) => answer.end('hello'), Number(environment.PORT))
    const findings = await examined(environment)
    expect(told(findings, 'port')).toEqual([expect.stringMatching(/^wrong: .*another program/)])
    expect(told(findings, 'webhook')).toEqual([
      expect.stringMatching(/^wrong: .*readyz answers 200, but it is not this bot/),
    ])
  })

  test('that the host has no address, and that nothing behind it was asked', async () => {
    const findings = await examined({
      ...(await healthy()),
      CALLCHART_PUBLIC_URL: 'https://bot.invalid',
    })
    expect(told(findings, 'dns')).toEqual([
      expect.stringMatching(/^wrong: bot\.invalid.*→ Make a DNS/),
    ])
    expect(told(findings, 'webhook')).toEqual([expect.stringContaining('unknown: ')])
    expect(told(findings, 'prompt')).toEqual([expect.stringMatching(/^unknown: .*was not tried/)])
  })

  test.each([
    ['nobody answers there', () => nobody, /^wrong: .*does not answer/],
    [
      'it redirects',
      () => serving((_, answer) => answer.writeHead(301, { location: nobody }).end()),
      /^wrong: .*readyz answers 301/,
    ],
    [
      'posts go elsewhere',
      async ({ PORT = '' }) => {
        const pass = passingTo(PORT)
        return serving((asked, answer) =>
          asked.method === 'POST' ? answer.writeHead(405).end() : pass(asked, answer),
        )
      },
      /^wrong: A post to .* is answered 405.*→ Let the reverse proxy/,
    ],
  ])('that %s', async (_, place, words) => {
    const environment = await healthy()
    const publicUrl = await place(environment)
    const findings = await examined({ ...environment, CALLCHART_PUBLIC_URL: publicUrl })
    expect(told(findings, 'webhook')).toEqual([expect.stringMatching(words)])
  })
})

describe('of the certificate the doctor says', () => {
  let authority: Awaited<ReturnType<typeof createAuthority>>
  beforeAll(async () => {
    authority = await createAuthority()
  })

  /** Only a process can be told to trust an authority of ours. */
  async function lines(certificate: { readonly key: string; readonly cert: string }) {
    const environment = await healthy()
    const root = join(temporaryFolder(), 'root.pem')
    writeFileSync(root, authority.root)
    const { stdout } = await callchart(['doctor'], {
      environment: {
        ...environment,
        CALLCHART_PUBLIC_URL: await proxying(environment.PORT ?? '', certificate),
        NODE_EXTRA_CA_CERTS: root,
      },
    })
    return stdout
  }

  test('that all is well behind a reverse proxy with its whole chain', async () => {
    const shown = await lines(await authority.chained())
    expect(shown).toMatch(
      /^✓ certificate +Valid for 89 more days, from Test Authority, with its whole/m,
    )
    expect(shown).toMatch(/^✓ webhook +https:/m)
  })

  test.each([
    [
      'soon ends',
      () => authority.chained({ toDays: 5 }),
      /✗ certificate +Valid for 4 more days.*\n +→ Renew/,
    ],
    [
      'has ended',
      () => authority.chained({ fromDays: -9, toDays: -2 }),
      /CERT_HAS_EXPIRED.*\n +→ Renew/,
    ],
    [
      'names another host',
      () => authority.chained({ name: 'other.example' }),
      /ALTNAME_INVALID.*\n.*names this host/,
    ],
    [
      'comes without its chain',
      () => authority.alone(),
      /UNABLE_TO_VERIFY_LEAF.*\n +→ Let the server send/,
    ],
    [
      'is vouched for by nobody',
      () => selfSigned(),
      /SELF_SIGNED.*\n +→ Get a certificate from a public/,
    ],
  ])('that it %s', async (_, make, words) => {
    const shown = await lines(await make())
    expect(shown).toMatch(words)
  })

  test('that nobody speaks TLS there', async () => {
    const plain = await serving((_, answer) => answer.end())
    const findings = await examined({
      ...(await healthy()),
      CALLCHART_PUBLIC_URL: plain.replace('http://127.0.0.1', 'https://localhost'),
    })
    expect(told(findings, 'certificate')).toEqual([expect.stringMatching(/^wrong: .*no TLS/)])
  })
})
