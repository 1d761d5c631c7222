import type { LanguageResolver } from './language-resolver.js';
import { RESOLVERS } from './resolvers.js';

export { RESOLVERS };

const byFamily = new Map(RESOLVERS.map(resolver => [resolver.family, resolver]));

export function resolverOf(family: string): LanguageResolver | null {
  return byFamily.get(family) ?? null;
}
