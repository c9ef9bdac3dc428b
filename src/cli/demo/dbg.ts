import { writeFileSync } from 'node:fs'
import { Scene } from './scene.ts'
const orig = Scene.prototype.verdict
Scene.prototype.verdict = async function () { const v = await orig.call(this); for (const x of v.violations) for (const e of this.emulator.record) if (e.callId === x.callId) console.log(JSON.stringify({...e, callId: undefined, address: undefined, path: undefined, appId: undefined, clientContext: undefined})); return v }
await import('./main.ts')
