import { languageOf } from '../facts/imports/registry.js';
import type { Json } from '../model/canonical.js';
import {
  reachesManifests,
  reachesOrCopies,
  screenDeclared,
  screenManifest,
  screenOrCopy,
} from './dependency-screen.js';
import type { Kind } from './kind.js';
import { inAny, type PathSets } from './path-sets.js';

/**
 * dependency-kinds.ts as the commit gate needs it: what it asks, and nothing that judges. The build puts it into the
 * gate's bundles, a fifth of which the judging parts would be. A test holds the two against each other.
 */
export const DEPENDENCY_KINDS: readonly Kind[] = [
  gateKind<{ readonly blobs?: readonly string[] }>('forbid-dependency', {
    reaches: reachesOrCopies,
    screen: screenOrCopy,
  }),
  gateKind('allow-dependency'),
  gateKind('dependency-source'),
  gateKind('dependency-license'),
  gateKind<{ readonly in: PathSets }>('declared-imports', {
    reads: 'imports-and-dependencies',
    governs: (rule, path) => languageOf(path) !== null && inAny(rule.in, path),
    screen: screenDeclared,
  }),
  gateKind('dependency-limit'),
  gateKind('require-lockfile'),
];

function gateKind<Rule extends Json>(name: string, own: Partial<Kind<Rule>> = {}): Kind {
  return {
    name,
    summary: '',
    schema: {},
    reads: 'dependencies',
    modeOf: notHere,
    compile: notHere,
    governs: (_, path) => reachesManifests(path),
    reaches: (_, path) => reachesManifests(path),
    screen: (_, file) => screenManifest(file),
    ...(own as Partial<Kind>),
  };
}

function notHere(): never {
  throw new Error('the commit gate does not judge manifests');
}
