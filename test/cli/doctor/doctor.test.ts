import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { silentWav } from '../../../src/emulator/index.ts'
import { temporaryFolder } from '../../snapshots/folder.ts'
import { bot, callchart, frontDesk, start } from '../callchart.ts'
import { selfSigned } from './certificates.ts'
import { examined, healthy, passingTo, serving, told } from './ward.ts'

const nobody = 'http://127.0.0.1:1'

describe('callchart doctor', () => {
  test('finds nothing wrong with a healthy bot, line by line', async () => {
    const environment = await healthy()
    const { code, stdout } = await callchart(['doctor', frontDesk], { environment })
    expect(stdout).not.toContain('✗')
    for (const line of [
      /^✓ chart +front-desk version 1; it may ask for answer, playPrompt, subscribeToTone, transfer, hangUp\.$/m,
      /^✓ configuration /m,
      /^✓ database +\S+ is not there yet; it can be made/m,
      /^✓ disk +\d+ MB/m,
      /^✓ graph /m,
      /^✓ clock +Agrees with Graph's to \d s/m,
      /^✓ signing keys +1 at /m,
      /^✓ token +Given for tenant \S+; it carries Calls\.Initiate\.All, /m,
      /^✓ permission +Calls\.AccessMedia\.All is there for subscribeToTone\.$/m,
      /^✓ permission +Calls\.Initiate\.All is there for transfer\.$/m,
      /^✓ permission +Graph tells who calls\.$/m,
      /^✓ port /m,
      /^✓ dns /m,
      /^✓ webhook /m,
      /^\? outside /m,
      /^✓ prompt +welcome\.wav, 3\.4 s, fetched from http:\S+\/prompts\/welcome\.wav\.$/m,
      /^Nothing is wrong\.$/m,
    ])
      expect(stdout).toMatch(line)
    expect(code).toBe(0)
  })

  test('ends with 1 and one JSON object that says how to mend what is wrong', async () => {
    const environment = { ...(await healthy()), CALLCHART_APP_SECRET: 'wrong' }
    const { code, stdout } = await callchart(['doctor', frontDesk, '--json'], { environment })
    const report = JSON.parse(stdout)
    expect(report.ok).toBe(false)
    expect(report.findings).toContainEqual({
      check: 'token',
      verdict: 'wrong',
      what: expect.stringContaining('AADSTS7000215'),
      fix: expect.stringContaining('value of a client secret'),
    })
    expect(code).toBe(1)
  })

  test('looks at the installation alone where no bot is named', async () => {
    const { code, stdout } = await callchart(['doctor'], { environment: await healthy() })
    expect(stdout).toMatch(/^✓ webhook/m)
    expect(stdout).not.toMatch(/^. (chart|prompt) /m)
    expect(code).toBe(0)
  })

  test('tells no secret', async () => {
    const environment = { ...(await healthy()), CALLCHART_APP_SECRET: 'hush-hush' }
    const { stdout, stderr } = await callchart(['doctor', frontDesk, '--json'], { environment })
    expect(stdout + stderr).not.toContain('hush-hush')
  })
})

describe('of chart and configuration the doctor says', () => {
  test('which variables are wrong, and looks at what needs none', async () => {
    const findings = await examined({})
    expect(told(findings, 'configuration')[0]).toMatch(
      /^wrong: .*CALLCHART_PUBLIC_URL is not set.*→ Mend these/s,
    )
    expect(told(findings, 'the rest')).toEqual([expect.stringContaining('unknown: ')])
    expect(told(findings, 'prompt')).toEqual([expect.stringContaining('was not tried')])
  })

  test.each([
    ['a chart that cannot be kept durable', bot('impure.ts'), /plain function.*→ Charts are pure/],
    ['a module without a chart', bot('noChart.ts'), /exports no chart.*→ Export what/],
    ['a module that throws', bot('broken.js'), /cannot be loaded.*→ .*the author made a mistake/],
  ])('%s', async (_, path, words) => {
    expect(told(await examined(await healthy(), path), 'chart')).toEqual([
      expect.stringMatching(words),
    ])
  })

  test('when the certificate that proves the bot has ended', async () => {
    const { CALLCHART_APP_SECRET: _, ...environment } = await healthy()
    const folder = temporaryFolder()
    const examinedWith = async (name: string, pem: string) => {
      writeFileSync(join(folder, name), pem)
      const findings = await examined({
        ...environment,
        CALLCHART_APP_CERTIFICATE: join(folder, name),
      })
      return told(findings, 'credential')
    }
    const { key, cert } = await selfSigned({ toDays: 30 })
    const old = await selfSigned({ fromDays: -30, toDays: -2 })
    expect(await examinedWith('good.pem', key + cert)).toEqual([
      'ok: The certificate is valid for 29 more days.',
    ])
    expect(await examinedWith('old.pem', old.key + old.cert)).toEqual([
      expect.stringMatching(/^wrong: The certificate has expired\. → Make a new one/),
    ])
    expect(await examinedWith('none.pem', 'nothing')).toEqual([
      expect.stringMatching(/^wrong: The PEM .* lacks its private key.*→ Put both into one file/),
    ])
  })
})

describe('of the database the doctor says', () => {
  test('that its folder is not there', async () => {
    const environment = { ...(await healthy()), CALLCHART_DATABASE: '/no/such/folder/calls.db' }
    expect(told(await examined(environment), 'database')).toEqual([
      expect.stringMatching(/^wrong: .*cannot be written \(ENOENT.*→ Set CALLCHART_DATABASE/),
    ])
  })

  test('that it is damaged', async () => {
    const environment = await healthy()
    writeFileSync(
      environment.CALLCHART_DATABASE ?? '',
      'no database at all, but rather long'.repeat(99),
    )
    expect(told(await examined(environment), 'database')).toEqual([
      expect.stringMatching(/^wrong: .* is damaged .*→ Restore it/),
    ])
  })

  test('that a running bot holds it, which is well, as is that bot', async () => {
    const environment = await healthy()
    await using running = start(['serve', frontDesk], { environment })
    await running.said(/taken up/)
    const findings = await examined(environment)
    expect(told(findings, 'database')).toEqual([expect.stringMatching(/^ok: .* in use by process/)])
    expect(told(findings, 'port')).toEqual([expect.stringContaining('ok: ')])
    expect(told(findings, 'webhook')).toEqual([expect.stringMatching(/^ok: .*the running bot/)])
    expect(told(findings, 'prompt')).toEqual([expect.stringMatching(/^ok: .*fetched/)])
    await running.end()
    expect(told(await examined(environment), 'database')).toEqual([
      expect.stringContaining('it holds 0 live calls'),
    ])
  })
})

describe('of the way to Microsoft the doctor says', () => {
  test('that nobody is there', async () => {
    const findings = await examined({
      ...(await healthy()),
      CALLCHART_GRAPH_URL: nobody,
      CALLCHART_LOGIN_URL: nobody,
      CALLCHART_KEYS_URL: nobody,
    })
    for (const check of ['graph', 'signing keys', 'token'])
      expect(told(findings, check)).toEqual([
        expect.stringMatching(/^wrong: .*(ECONNREFUSED|bad port).*→ Let this machine/),
      ])
    expect(told(findings, 'clock')).toEqual([expect.stringContaining('unknown: ')])
    expect(told(findings, 'permission')).toEqual([expect.stringContaining('unknown: ')])
  })

  test('that Graph is ill', async () => {
    const ill = await serving((_, answer) => answer.writeHead(503).end())
    expect(
      told(await examined({ ...(await healthy()), CALLCHART_GRAPH_URL: ill }), 'graph'),
    ).toEqual([expect.stringMatching(/^wrong: .*answers 503/)])
  })

  test.each([
    ['ahead', -120_000],
    ['behind', 120_000],
  ])('that our clock is %s', async (way, byMs) => {
    const late = await serving((_, answer) => {
      answer.writeHead(401, { date: new Date(Date.now() + byMs).toUTCString() }).end()
    })
    expect(
      told(await examined({ ...(await healthy()), CALLCHART_GRAPH_URL: late }), 'clock'),
    ).toEqual([expect.stringMatching(new RegExp(`^wrong: Is 1(19|20|21) s ${way}.*→ .*NTP`))])
  })

  test('that no key is published', async () => {
    const keyless = await serving((asked, answer) => {
      const found =
        asked.url === '/keys' ? { keys: [] } : { jwks_uri: `http://${asked.headers.host}/keys` }
      answer.end(JSON.stringify(found))
    })
    const findings = await examined({ ...(await healthy()), CALLCHART_KEYS_URL: keyless })
    expect(told(findings, 'signing keys')).toEqual([expect.stringMatching(/^wrong: .*no key/)])
  })
})

describe('of the token the doctor says', () => {
  test.each([
    [
      'that the secret is wrong',
      { CALLCHART_APP_SECRET: 'no' },
      /AADSTS7000215.*→ Set CALLCHART_APP_SECRET/,
    ],
    [
      'that nobody knows the app',
      { CALLCHART_APP_ID: '11111111-2222-3333-4444-555555555555' },
      /AADSTS700016.*→ Correct CALLCHART_APP_ID/,
    ],
  ])('%s', async (_, wrongly, words) => {
    expect(told(await examined({ ...(await healthy()), ...wrongly }), 'token')).toEqual([
      expect.stringMatching(words),
    ])
  })

  test('that nobody knows the app of a chart, beside the token of the others', async () => {
    const findings = await examined(await healthy(), bot('severalApps.ts'))
    expect(told(findings, 'token')).toEqual([
      expect.stringMatching(/for app 5a5a0000-.*AADSTS700016.*→ Correct the app that the chart/),
      expect.stringMatching(/^ok: Given for tenant [^ ]+; it carries/),
    ])
  })

  test('what is wrong with the app of a chart', async () => {
    const findings = await examined(await healthy(), bot('severalApps.ts'), { chart: 'wrong' })
    expect(told(findings, 'app')).toEqual([
      expect.stringMatching(/The app of chart 'night' .*credential.secret.* → Give its appId/),
    ])
  })

  test('which permission the chart lacks, for which effects, and who grants it', async () => {
    const findings = await examined(await healthy(['Calls.Initiate.All']))
    expect(told(findings, 'permission')).toEqual([
      expect.stringMatching(
        /^wrong: Calls\.AccessMedia\.All is missing for subscribeToTone\. → .*administrator/,
      ),
      'ok: Calls.Initiate.All is there for transfer.',
      'ok: Calls.Initiate.All is there to place calls.',
      'ok: Graph tells who calls.',
    ])
  })

  test('that without permissions no call can be placed and nobody is told who calls', async () => {
    const findings = await examined(await healthy([]), bot('media.ts'))
    expect(told(findings, 'chart')).toContain(
      'unknown: What decide enqueues is not known before it runs.',
    )
    expect(told(findings, 'token')).toEqual([expect.stringContaining('carries no permission')])
    expect(told(findings, 'permission')).toEqual([
      expect.stringMatching(/^wrong: Calls\.AccessMedia\.All or \S+ is missing for answer/),
      expect.stringMatching(/^unknown: Calls cannot be placed/),
      expect.stringMatching(/^wrong: .*keeps secret who calls/),
    ])
  })

  test('of each tenant that the bot serves', async () => {
    const environment = await healthy()
    const other = '11111111-2222-3333-4444-555555555555'
    const findings = await examined({ ...environment, CALLCHART_TENANTS: other })
    expect(told(findings, 'token')).toHaveLength(2)
    expect(told(findings, 'permission')).toContain(`ok: Graph tells who calls in tenant ${other}.`)
  })
})

describe('of prompts the doctor says', () => {
  test('of each form in which a chart may name one, whether it is there and can be played', async () => {
    const folder = temporaryFolder()
    const wrongRate = silentWav(1_000)
    new DataView(wrongRate.buffer).setUint32(24, 44_100, true)
    writeFileSync(join(folder, 'one.wav'), silentWav(1_000))
    writeFileSync(join(folder, 'two.wav'), wrongRate)
    writeFileSync(join(folder, 'chosen.wav'), 'no WAV')
    const findings = await examined(await healthy(), bot('prompts.ts'), { prompts: folder })
    expect(told(findings, 'prompt')).toEqual([
      expect.stringMatching(/^ok: one\.wav, 1\.0 s, fetched from /),
      expect.stringMatching(/^wrong: .*two\.wav: its rate is 44100 Hz, not 16000 Hz\. → .*ffmpeg/),
      expect.stringMatching(/^wrong: There is no three\.wav in .*→ Put it there/),
      expect.stringMatching(/^wrong: .*chosen\.wav: it is not a WAV file/),
      expect.stringMatching(/^unknown: Some prompts are chosen during a call/),
    ])
  })

  test('that there is no folder for them', async () => {
    const [first] = told(await examined(await healthy(), bot('prompts.ts')), 'prompt')
    expect(first).toMatch(/^wrong: There is no folder for one\.wav\. → Put it into prompts/)
  })

  test('that the proxy does not let Graph fetch them', async () => {
    const environment = await healthy()
    const pass = passingTo(environment.PORT ?? '')
    const proxy = await serving((asked, answer) =>
      asked.url?.startsWith('/prompts') ? answer.writeHead(404).end() : pass(asked, answer),
    )
    const findings = await examined({ ...environment, CALLCHART_PUBLIC_URL: proxy })
    expect(told(findings, 'prompt')).toEqual([
      expect.stringMatching(/^wrong: .*welcome\.wav answers 404\. → Let the reverse proxy pass/),
    ])
  })
})

test('the doctor leaves no traces', async () => {
  const environment = await healthy()
  const folder = join(temporaryFolder(), 'empty')
  mkdirSync(folder)
  await examined({ ...environment, CALLCHART_DATABASE: join(folder, 'calls.db') })
  expect(readdirSync(folder)).toEqual([])
})
