import type { LanguageResolver } from './language-resolver.js';

/** Families beside `ecmascript`, whose resolver is the oldest and has a context of its own. */
export const RESOLVERS: readonly LanguageResolver[] = [];

const byFamily = new Map(RESOLVERS.map(resolver => [resolver.family, resolver]));

export function resolverOf(family: string): LanguageResolver | null {
  return byFamily.get(family) ?? null;
}
