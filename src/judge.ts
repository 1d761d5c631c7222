/** Entry of dist/judge.js: the full judge, which dist/hook.cjs loads when the quick gate can't decide. */
export { runHookProcess } from './cli/judge.js';
