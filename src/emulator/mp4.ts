/** The smallest MP4 there is: a length, and no picture. */

const MOVIE_HEADER_BYTES = 100
const RATE_ONE = 0x10000
const VOLUME_FULL = 0x100
const UNITY_MATRIX = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000]

/** An MP4 without tracks that says it lasts `durationMs`. */
export function emptyMp4(durationMs: number): Uint8Array<ArrayBuffer> {
  const type = box('ftyp', Buffer.concat([Buffer.from('isom'), u32(512), Buffer.from('isommp41')]))
  const file = Buffer.concat([type, box('moov', box('mvhd', movieHeader(durationMs)))])
  return new Uint8Array(file)
}

function movieHeader(durationMs: number): Buffer {
  const header = Buffer.alloc(MOVIE_HEADER_BYTES)
  header.writeUInt32BE(1_000, 12)
  header.writeUInt32BE(Math.round(durationMs), 16)
  header.writeUInt32BE(RATE_ONE, 20)
  header.writeUInt16BE(VOLUME_FULL, 24)
  for (const [index, value] of UNITY_MATRIX.entries()) header.writeUInt32BE(value, 36 + index * 4)
  header.writeUInt32BE(1, MOVIE_HEADER_BYTES - 4)
  return header
}

function box(name: string, content: Buffer): Buffer {
  return Buffer.concat([u32(8 + content.length), Buffer.from(name), content])
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
