/** A JSON value as a tree that opens and closes; strings as they are, private parts as such. */
import type { JSX } from 'preact'
import type { Json } from '../../../admin/protocol.ts'

type Parts = { readonly name: string; readonly value: Json; readonly isOpen?: boolean }

export function JsonTree({ name, value, isOpen = false }: Parts): JSX.Element {
  if (typeof value !== 'object' || value === null) {
    return (
      <div class="leaf">
        <span class="name">{name}</span> <Scalar value={value} />
      </div>
    )
  }
  const members: readonly (readonly [string, Json])[] = Object.entries(value)
  if (members.length === 0) {
    return (
      <div class="leaf">
        <span class="name">{name}</span>{' '}
        <span class="soft">{Array.isArray(value) ? '[ ]' : '{ }'}</span>
      </div>
    )
  }
  return (
    <details class="tree" open={isOpen}>
      <summary>
        <span class="name">{name}</span>{' '}
        <span class="soft">{Array.isArray(value) ? `[${members.length}]` : inShort(members)}</span>
      </summary>
      {members.map(([member, each]) => (
        <JsonTree key={member} name={member} value={each} />
      ))}
    </details>
  )
}

function Scalar({ value }: { readonly value: null | boolean | number | string }): JSX.Element {
  if (value === '(private)') return <span class="private">private</span>
  if (typeof value === 'string') return <span class="text">{value}</span>
  return <span class="number">{String(value)}</span>
}

function inShort(members: readonly (readonly [string, Json])[]): string {
  const names = members.slice(0, 4).map(([name]) => name)
  return `{ ${names.join(', ')}${members.length > 4 ? ', …' : ''} }`
}
