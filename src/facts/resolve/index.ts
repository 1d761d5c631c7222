export type { CompilerConfig, Manifest, ResolverContext } from './context.js';
export { isResolverFile, readContext } from './read-context.js';
export { affectsResolution, possibleTargets, resolveImport } from './resolve.js';
