/** Certificates with a flaw each, made for a test by an authority of its own. */
import 'reflect-metadata'
import { createHash, type webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 24 * 60 * 60_000

/** What a server shows, in PEM. */
export type Certificate = { readonly key: string; readonly cert: string }

type Wish = { readonly name?: string; readonly fromDays?: number; readonly toDays?: number }

/** An authority, one it has put in charge, and what they sign. */
export async function createAuthority() {
  const root = await authority('Root')
  const deputy = await authority('Deputy', root)

  async function issue({ name = 'localhost', fromDays = -1, toDays = 90 }: Wish) {
    const keys = await keyPair()
    const issued = await x509.X509CertificateGenerator.create({
      ...span(fromDays, toDays),
      subject: `CN=${name}`,
      issuer: deputy.certificate.subject,
      publicKey: keys.publicKey,
      signingKey: deputy.keys.privateKey,
      signingAlgorithm: algorithm,
      extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
    })
    return { key: await pemOf(keys), leaf: issued.toString('pem') }
  }

  return {
    /** PEM, for NODE_EXTRA_CA_CERTS. */
    root: root.certificate.toString('pem'),
    /** A certificate with the chain a client needs. */
    chained: async (wish: Wish = {}): Promise<Certificate> => {
      const { key, leaf } = await issue(wish)
      return { key, cert: `${leaf}\n${deputy.certificate.toString('pem')}` }
    },
    /** A certificate whose server forgets the chain. */
    alone: async (): Promise<Certificate> => {
      const { key, leaf } = await issue({})
      return { key, cert: leaf }
    },
  }
}

/** A certificate that nobody vouches for; `toDays` may be past. */
export async function selfSigned({ fromDays = -1, toDays = 90 }: Wish = {}): Promise<Certificate> {
  const keys = await keyPair()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...span(fromDays, toDays),
    name: 'CN=localhost',
    keys,
    signingAlgorithm: algorithm,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  })
  return { key: await pemOf(keys), cert: certificate.toString('pem') }
}

type Authority = {
  readonly keys: webcrypto.CryptoKeyPair
  readonly certificate: x509.X509Certificate
}

async function authority(name: string, above?: Authority): Promise<Authority> {
  const keys = await keyPair()
  const certificate = await x509.X509CertificateGenerator.create({
    ...span(-365, 365),
    subject: `CN=${name},O=Test Authority`,
    issuer: above?.certificate.subject ?? `CN=${name},O=Test Authority`,
    publicKey: keys.publicKey,
    signingKey: (above?.keys ?? keys).privateKey,
    signingAlgorithm: algorithm,
    extensions: [new x509.BasicConstraintsExtension(true)],
  })
  return { keys, certificate }
}

function span(fromDays: number, toDays: number) {
  const at = (days: number) => new Date(Date.now() + days * DAY_MS)
  const serialNumber = createHash('sha256').update(crypto.randomUUID()).digest('hex').slice(0, 16)
  return {
    notBefore: at(fromDays),
    notAfter: at(toDays),
    serialNumber: `0${serialNumber.slice(1)}`,
  }
}

function keyPair(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}

async function pemOf({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY')
}
