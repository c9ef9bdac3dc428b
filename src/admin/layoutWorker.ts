/** Lays out one picture in a thread of its own, for it takes longer than a hundred turns. */
import { parentPort, workerData as planned } from 'node:worker_threads'
import { geometryOf } from '../../snapshots/picture/geometry.ts'
import { layOut } from '../../snapshots/picture/layout.ts'

parentPort?.postMessage(geometryOf(layOut(planned)))
