/**
 * The public face of policy/: what other folders may import from it.
 * Find, parse, compile; what is in force; how governance changed.
 */

export { type Accepted, acceptDecision } from './accept.js';
export { decisionFiles } from './companions.js';
export type { KindRegistry } from './compile.js';
export {
  holdsPolicyKey,
  isCurrentPolicy,
  isGovernancePath,
  type PolicyFolders,
  parsePolicy,
  policySources,
  type SourceEntry,
  serializePolicy,
} from './compiled.js';
export { findPolicyFiles, nestedPolicyFolders, type PolicyFiles } from './config.js';
export { compareGovernance } from './governance.js';
export { COMPILER_VERSION, type LoadOptions, loadPolicy, type PolicyOutcome, policyKey } from './load.js';
export { composeSchema } from './schema.js';
export type { PolicySource } from './source.js';
export { DECISION_TEMPLATE, renderNewDecision } from './template.js';
export { unmatchedGlobs } from './unmatched.js';
export { loadWaivers, newWaiverId, serializeWaiver, type WaiverContent } from './waivers.js';
