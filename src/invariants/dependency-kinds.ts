import { allowDependency } from './allow-dependency.js';
import { declaredImports } from './declared-imports.js';
import { dependencyLicense } from './dependency-license.js';
import { dependencyLimit } from './dependency-limit.js';
import { dependencySource } from './dependency-source.js';
import { forbidDependency } from './forbid-dependency.js';
import type { Kind } from './kind.js';
import { requireLockfile } from './require-lockfile.js';

/** The kinds about manifests and lock files. The commit gate's bundles hold dependency-kinds-gate.ts in its place. */
export const DEPENDENCY_KINDS: readonly Kind[] = [
  forbidDependency,
  allowDependency,
  dependencySource,
  dependencyLicense,
  declaredImports,
  dependencyLimit,
  requireLockfile,
];
