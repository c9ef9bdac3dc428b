/** A process that opens the database it is told of, says so, and holds it until it is killed. */
import { openSqliteStore } from '../../snapshots/index.ts'
import { firstCommit } from './examples.ts'

const [path = ''] = process.argv.slice(2)
const store = openSqliteStore(path)
await store.commit([firstCommit('kept')])
process.stdout.write('holding\n')
// A store that nobody refers to any more is collected, and lets go of its database.
setInterval(() => store, 1_000)
