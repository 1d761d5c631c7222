export type { CompilerConfig, Manifest, ResolverContext } from './context.js';
export { ANY_NAME, membersOf } from './folders.js';
export { isLandmark, isResolverFile, readContext } from './read-context.js';
export { RESOLVERS, resolverOf } from './registry.js';
export { affectsResolution, familyOf, isKnownFamily, possibleTargets, resolveImport } from './resolve.js';
