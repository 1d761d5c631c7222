import type { Json } from '../model/canonical.js';
import { allowImport } from './allow-import.js';
import { appendOnly } from './append-only.js';
import { coChange } from './co-change.js';
import { entryPoints } from './entry-points.js';
import { forbidImport } from './forbid-import.js';
import { forbidPath } from './forbid-path.js';
import { forbidText } from './forbid-text.js';
import { independent } from './independent.js';
import type { Kind, Reads } from './kind.js';
import { layers } from './layers.js';
import { naming } from './naming.js';
import { protect } from './protect.js';
import { requirePath } from './require-path.js';
import { requireText } from './require-text.js';
import { size } from './size.js';

/** A new kind of invariant: its file, and its line here. */
const ALL: readonly Kind[] = [
  forbidImport,
  allowImport,
  layers,
  independent,
  protect,
  entryPoints,
  forbidPath,
  requirePath,
  coChange,
  appendOnly,
  naming,
  size,
  forbidText,
  requireText,
];

export const KINDS: ReadonlyMap<string, Kind> = new Map(ALL.map(kind => [kind.name, kind]));

/** What must be prepared to evaluate this rule. */
export function readsOf(kind: Kind, rule: Json): Reads {
  return kind.readsOf?.(rule) ?? kind.reads;
}
