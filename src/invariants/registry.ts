import type { Json } from '../model/canonical.js';
import { acyclic } from './acyclic.js';
import { allowImport } from './allow-import.js';
import { appendOnly } from './append-only.js';
import { coChange } from './co-change.js';
import { DEPENDENCY_KINDS } from './dependency-kinds.js';
import { entryPoints } from './entry-points.js';
import { fanIn } from './fan-in.js';
import { fanOut } from './fan-out.js';
import { forbidCode } from './forbid-code.js';
import { forbidImport } from './forbid-import.js';
import { forbidPath } from './forbid-path.js';
import { forbidText } from './forbid-text.js';
import { independent } from './independent.js';
import type { Kind, Reads } from './kind.js';
import { layers } from './layers.js';
import { naming } from './naming.js';
import { noOrphans } from './no-orphans.js';
import { owned } from './owned.js';
import { protect } from './protect.js';
import { requireCode } from './require-code.js';
import { requireImport } from './require-import.js';
import { requirePath } from './require-path.js';
import { requireText } from './require-text.js';
import { resolvableImports } from './resolvable-imports.js';
import { size } from './size.js';
import { stableDependencies } from './stable-dependencies.js';

/** A new kind of invariant: its file, and its line here. */
const ALL: readonly Kind[] = [
  forbidImport,
  allowImport,
  layers,
  independent,
  protect,
  entryPoints,
  requireImport,
  acyclic,
  stableDependencies,
  fanIn,
  fanOut,
  noOrphans,
  resolvableImports,
  owned,
  forbidPath,
  requirePath,
  coChange,
  appendOnly,
  naming,
  size,
  forbidText,
  requireText,
  forbidCode,
  requireCode,
  ...DEPENDENCY_KINDS,
];

export const KINDS: ReadonlyMap<string, Kind> = new Map(ALL.map(kind => [kind.name, kind]));

/** What must be prepared to evaluate this rule. */
export function readsOf(kind: Kind, rule: Json): Reads {
  return kind.readsOf?.(rule) ?? kind.reads;
}
