/** The one prompt format Graph takes: WAV, mono, 16-bit samples, 16 kHz. */

const SAMPLE_RATE_HZ = 16_000
const BYTES_PER_MS = (SAMPLE_RATE_HZ * 2) / 1_000
const HEADER_BYTES = 44
const PCM = 1
const EXTENSIBLE = 0xfffe

/** What a WAV turned out to be: its length, or why it cannot be played. */
export type WavReading = { readonly durationMs: number } | { readonly fault: string }

/** Reads a WAV's header; the length is in milliseconds. */
export function readWav(bytes: Uint8Array): WavReading {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (word(view, 0) !== 'RIFF' || word(view, 8) !== 'WAVE') return { fault: 'it is not a WAV file' }
  const chunks = readChunks(view)
  const format = chunks.get('fmt ')
  const samples = chunks.get('data')
  if (!format || format.bytes < 16 || !samples) return { fault: 'its WAV chunks are incomplete' }
  const fault = formatFault(view, format.start)
  return fault ? { fault } : { durationMs: samples.bytes / BYTES_PER_MS }
}

/** A WAV of silence in Graph's format, `durationMs` long. */
export function silentWav(durationMs: number): Uint8Array<ArrayBuffer> {
  const sampleBytes = Math.round(durationMs) * BYTES_PER_MS
  const bytes = new Uint8Array(HEADER_BYTES + sampleBytes)
  const view = new DataView(bytes.buffer)
  write(bytes, 0, 'RIFF')
  view.setUint32(4, HEADER_BYTES - 8 + sampleBytes, true)
  write(bytes, 8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, PCM, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, SAMPLE_RATE_HZ, true)
  view.setUint32(28, SAMPLE_RATE_HZ * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  write(bytes, 36, 'data')
  view.setUint32(40, sampleBytes, true)
  return bytes
}

type Chunk = { readonly start: number; readonly bytes: number }

function readChunks(view: DataView): Map<string, Chunk> {
  const chunks = new Map<string, Chunk>()
  let offset = 12
  while (offset + 8 <= view.byteLength) {
    const start = offset + 8
    const bytes = Math.min(view.getUint32(offset + 4, true), view.byteLength - start)
    chunks.set(word(view, offset), { start, bytes })
    offset = start + bytes + (bytes % 2)
  }
  return chunks
}

function formatFault(view: DataView, start: number): string | undefined {
  const coding = view.getUint16(start, true)
  const channels = view.getUint16(start + 2, true)
  const rateHz = view.getUint32(start + 4, true)
  const bits = view.getUint16(start + 14, true)
  if (coding !== PCM && coding !== EXTENSIBLE) return `its coding is ${coding}, not PCM`
  if (channels !== 1) return `it has ${channels} channels, not one`
  if (rateHz !== SAMPLE_RATE_HZ) return `its rate is ${rateHz} Hz, not ${SAMPLE_RATE_HZ} Hz`
  if (bits !== 16) return `its samples have ${bits} bits, not 16`
  return undefined
}

function word(view: DataView, offset: number): string {
  if (offset + 4 > view.byteLength) return ''
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(offset + index)))
}

function write(bytes: Uint8Array, offset: number, text: string): void {
  for (let index = 0; index < text.length; index++) bytes[offset + index] = text.charCodeAt(index)
}
