export type { CompilerConfig, Manifest, ResolverContext } from './context.js';
export { type ContextChanges, contextChanges } from './context-changes.js';
export { ANY_NAME, membersOf } from './folders.js';
export { type PlaceSink, walkPlaces } from './places.js';
export { isLandmark, isResolverFile, readContext } from './read-context.js';
export { RESOLVERS, resolverOf } from './registry.js';
export { NOT_COMPARABLE, Remembered, resolutionKey } from './remembered.js';
export { affectsResolution, familyOf, isKnownFamily, possibleTargets, resolveImport } from './resolve.js';
