/** The gates: a Change in, a Verdict out. */
export { type CommitMoment, judgeCommit } from './commit.js';
export { type ImportMap, type MapImport, type MapRule, readMap } from './map.js';
export { judgePush } from './push.js';
export { judgeAll, judgeRange, judgeWholeIndex } from './range.js';
export { recordCommit } from './record.js';
export type { GateContext, Progress, PushLine, PushTarget } from './types.js';
export { listWaivers, type WaiveOutcome, type WaiveRequest, type WaiverReport, waive } from './waive.js';
