/**
 * Becomes the engine where its database has little room: `cramped.ts <how> <KiB> <engine…>`. The room is a
 * file system of the engine's own, or where none may be mounted the longest a file of its may get.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EngineCommand } from '../../src/cli/demo/engineProcess.ts'

export type Room = 'file system' | 'file size'

/** What can be had here: a mount takes root's rights, or a kernel that gives them to anybody in a namespace. */
export const rooms: readonly Room[] =
  spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'none', tmpdir()]).status === 0
    ? ['file system', 'file size']
    : ['file size']

const mounted = 'mount -t tmpfs -o "size=$1k" none "$2" && shift 2 && exec "$@"'
const scripts = {
  'file system': `exec unshare -Urm sh -c '${mounted}' sh "$@"`,
  'file size': 'ulimit -S -f "$(($1 * 2))"; shift 2; exec "$@"',
} as const

/** The command that runs an engine so. */
export function cramped(room: Room, kibibytes: number, engine: EngineCommand): EngineCommand {
  return [fileURLToPath(import.meta.url), room, String(kibibytes), ...engine]
}

/** Gives a cramped engine as much room as it wants, from outside. */
export function giveRoom(room: Room, pid: number, folder: string): void {
  if (room === 'file size') execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:'])
  else
    execFileSync('nsenter', [
      ...['--target', String(pid), '--user', '--mount', '--preserve-credentials'],
      ...['mount', '-o', 'remount,size=256m', 'none', folder],
    ])
}

function become(room: string | undefined, kibibytes = '', engine: readonly string[] = []): void {
  const script = room === 'file system' ? scripts[room] : scripts['file size']
  const folder = dirname(process.env.CALLCHART_DATABASE ?? '')
  const node = [process.execPath, ...process.execArgv]
  process.execve?.('/bin/sh', ['sh', '-c', script, 'sh', kibibytes, folder, ...node, ...engine])
}

if (import.meta.main) {
  const [room, kibibytes, ...engine] = process.argv.slice(2)
  become(room, kibibytes, engine)
}
