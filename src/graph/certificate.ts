/** The bot's certificate, as MSAL wants it. */
import { X509Certificate } from 'node:crypto'
import { ConfigurationError } from '../errors.ts'

export type Certificate = {
  readonly thumbprintSha256: string
  /** PEM. */
  readonly privateKey: string
  /** PEM, the certificate first. */
  readonly x5c: string
}

/** Reads a PEM text that holds a private key and its certificate; throws `ConfigurationError`. */
export function certificateOf(pem: string): Certificate {
  const privateKey = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]+?PRIVATE KEY-----/.exec(pem)
  const chain = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g)
  const [first] = chain ?? []
  if (!privateKey || !chain || !first)
    throw new ConfigurationError({
      code: 'certificate.incomplete',
      what: 'The PEM of CALLCHART_APP_CERTIFICATE lacks its private key or its certificate.',
      fix: 'Put both into one file: the PRIVATE KEY block and the CERTIFICATE block.',
    })
  try {
    const thumbprintSha256 = new X509Certificate(first).fingerprint256.replaceAll(':', '')
    return { thumbprintSha256, privateKey: privateKey[0], x5c: chain.join('\n') }
  } catch (cause) {
    throw new ConfigurationError({
      code: 'certificate.unreadable',
      what: 'The CERTIFICATE block of CALLCHART_APP_CERTIFICATE is not a certificate.',
      fix: 'Export the certificate again as PEM.',
      cause,
    })
  }
}
