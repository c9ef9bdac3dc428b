/**
 * Upgrades of the base, Callchart's own regions of every chart. One is added, and never removed, by each release
 * that renames or removes a state or a deadline of ours, or gives a value of the context another meaning.
 */
import type { Standing, Upgrade } from '../upgrade.ts'
import type { CallContext } from './context.ts'

/** The first takes a call from base 1 to base 2, the next one from there to base 3, and so on. */
export const baseUpgrades: readonly Upgrade[] = []

/** Which base a call stands on. */
export function baseOf({ base = 1 }: Pick<CallContext, 'base'>): number {
  return base
}

/** How a call keeps the number of the base these upgrades lead to: not at all where it is the first. */
export function baseAfter(upgrades: readonly Upgrade[]): CallContext['base'] {
  return upgrades.length === 0 ? undefined : upgrades.length + 1
}

/** The call as it stands on the base that these upgrades lead to. */
export function rebased(call: Standing, upgrades: readonly Upgrade[]): Standing {
  const missed = upgrades.slice(baseOf(call.context) - 1)
  return missed.reduce((standing, upgrade) => upgrade(standing), call)
}
