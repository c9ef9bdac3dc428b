/**
 * State at rest: what is remembered of every call, and how it is written down.
 *
 * May import: `machines/` and packages; never `src/`.
 *
 * Read in this order: `store.ts` (the contract); `sqlite.ts` (its first implementation) with
 * `connection.ts`, `database.ts`, `schema.ts`, `statements.ts`, `commit.ts`, `rows.ts`, `ended.ts` (compaction), `person.ts` and `removal.ts` with `erase.ts`
 * (retention and erasure), `looks.ts`
 * (lists of calls), `lock.ts` and `errors.ts`; `backup.ts` (copies); `codec.ts` (snapshots and events as text) with `flaw.ts`;
 * `charts.ts` (charts as files that a review can read) with `chart.ts`, `names.ts`, `draw.ts` and
 * `definition.ts` (for Stately's tools); `picture/` (SVG and places); `goldens.ts` (checkpoints of released
 * charts). `golden/` and `charts/` hold what these write.
 *
 * Not here: when to write, what a turn is, who owns a call, or what an event means.
 */
export { backupDatabase, type Copied, type CopyProgress, restoreDatabase } from './backup.ts'
export { type ChartState, readChart } from './chart.ts'
export { describeChart, drawChart } from './charts.ts'
export {
  CodecError,
  decodeEvent,
  decodeSnapshot,
  type EncodedEvent,
  encodeEvent,
  encodeSnapshot,
  type PrivatePaths,
} from './codec.ts'
export type { BeforeStatement } from './commit.ts'
export { chartModule, defineChart } from './definition.ts'
export { type EraseOptions, eraseCalls } from './erase.ts'
export { StoreError, type StoreErrorCode } from './errors.ts'
export {
  addGolden,
  changedGoldens,
  type Golden,
  readGoldens,
  storedGolden,
} from './goldens.ts'
export { type Person, personNamed } from './person.ts'
export {
  type ImageStore,
  openImageStore,
  openSqliteStore,
  type SqliteStoreOptions,
} from './sqlite.ts'
export * from './store.ts'
