import { type Kind, RuleProblem, readsImports } from '../invariants/kind.js';
import { digestOf, type Json } from '../model/canonical.js';
import {
  type CompiledInvariant,
  DEFAULT_WAIVER,
  type Position,
  type ResolveSettings,
  type Severity,
  type WaiverClause,
} from '../model/decision.js';
import type { PathSet } from '../model/path-set.js';
import type { DecisionPart } from './decision-part.js';
import type { DecisionRecord } from './decision-record.js';
import type { PolicyDocument } from './document.js';
import type { Problems } from './problems.js';
import type { Components, GlobUse } from './refs.js';
import { InvariantCompiler } from './rule-compiler.js';

export type KindRegistry = ReadonlyMap<string, Kind>;

/** What every invariant of a tree is compiled with. */
export interface CompileSettings {
  readonly registry: KindRegistry;
  readonly components: Components;
  readonly ignore: PathSet | null;
  readonly resolve: ResolveSettings | null;
}

type Written = { readonly [key: string]: Json | undefined };

/**
 * Kinds whose globs are meant to match nothing: what they forbid is best not there. (A glob that matches
 * nothing is a warning elsewhere.)
 */
const ABSENT_IS_GOOD: ReadonlySet<string> = new Set(['forbid-path']);

/** Compiles the invariants of one decision; those with a mistake are reported and left out. */
export function compileDecision(
  record: DecisionRecord,
  settings: CompileSettings,
  problems: Problems,
  uses: GlobUse[],
): readonly CompiledInvariant[] {
  const part = record.enforced;
  const document = part?.document ?? null;
  const written = part?.value['invariants'];
  if (part === null || document === null || !Array.isArray(written)) return [];
  reportDuplicateIds(written, document, record.summary.id, problems);
  return written.flatMap((invariant, index) => {
    if (typeof invariant !== 'object' || invariant === null || Array.isArray(invariant)) return [];
    const wrong = part.misshapen.get(index) ?? new Set();
    const place = { record, part, document, settings, problems, uses };
    // Two kinds in one invariant are a mistake, said by the schema; each is looked at for others.
    return [...settings.registry.values()]
      .filter(kind => Object.hasOwn(invariant, kind.name) && !wrong.has(kind.name))
      .flatMap(kind => compileInvariant(kind, invariant as Written, index, place) ?? []);
  });
}

interface Place {
  readonly record: DecisionRecord;
  readonly part: DecisionPart;
  readonly document: PolicyDocument;
  readonly settings: CompileSettings;
  readonly problems: Problems;
  readonly uses: GlobUse[];
}

function compileInvariant(
  kind: Kind,
  invariant: Written,
  index: number,
  place: Place,
): CompiledInvariant | null {
  const { record, part, document, settings, problems, uses } = place;
  const keys = ['invariants', index];
  const ownUses: GlobUse[] = [];
  const compiler = new InvariantCompiler(
    document,
    [...keys, kind.name],
    settings.components,
    problems,
    ownUses,
  );
  let rule: Json = null;
  try {
    rule = kind.compile(invariant[kind.name] ?? null, compiler);
  } catch (error) {
    if (!(error instanceof RuleProblem)) throw error;
    compiler.thrown(error);
  }
  compiler.checkCaptures();
  if (!ABSENT_IS_GOOD.has(kind.name)) uses.push(...ownUses);
  const except = part.misshapen.get(index)?.has('except')
    ? 'wrong'
    : compileExcept(invariant['except'], [...keys, 'except'], place);
  if (compiler.failed || except === 'wrong') return null;
  const { ignore, resolve } = settings;
  const severity = ((invariant['severity'] ?? part.value['severity']) as Severity | undefined) ?? 'block';
  const decision = record.summary.id;
  const id = String(invariant['id']);
  const meaning = {
    decision,
    id,
    kind: kind.name,
    severity,
    rule,
    ...(except === null ? {} : { except }),
    ...(resolve !== null && readsImports(kind) ? { resolve } : {}),
    ...(ignore === null ? {} : { ignore }),
  };
  return {
    ...meaning,
    waiver: waiverClause(invariant['waiver'] ?? part.value['waiver']),
    ...prose(invariant, 'because'),
    ...prose(invariant, 'instead'),
    digest: digestOf(meaning as unknown as Json),
    at: document.at(keys),
  };
}

function compileExcept(
  refs: Json | undefined,
  keys: readonly (string | number)[],
  { document, settings, problems, uses }: Place,
): PathSet | null | 'wrong' {
  if (refs === undefined) return null;
  const compiler = new InvariantCompiler(document, keys, settings.components, problems, uses);
  const set = compiler.paths(refs, '');
  if (compiler.captured.size > 0 || compiler.negated.size > 0) {
    problems.error(document.at(keys), 'captures bind nothing in an "except"', 'write * instead');
    return 'wrong';
  }
  return compiler.failed ? 'wrong' : set;
}

function prose(invariant: Written, key: 'because' | 'instead'): { readonly [K in typeof key]?: string } {
  const text = invariant[key];
  return typeof text === 'string' ? { [key]: text.trim() } : {};
}

function waiverClause(written: Json | undefined): WaiverClause {
  if (written === undefined) return DEFAULT_WAIVER;
  if (typeof written !== 'object' || written === null) return 'never';
  const clause = written as {
    readonly by?: 'anyone' | 'ratifiers';
    readonly approvals?: number;
    readonly 'max-days'?: number;
  };
  const { by, approvals, maxDays } = DEFAULT_WAIVER === 'never' ? NO_DEFAULT : DEFAULT_WAIVER;
  return {
    by: clause.by ?? by,
    approvals: clause.approvals ?? approvals,
    maxDays: clause['max-days'] ?? maxDays,
  };
}

const NO_DEFAULT = { by: 'ratifiers', approvals: 1, maxDays: 1 } as const;

function reportDuplicateIds(
  written: readonly Json[],
  document: PolicyDocument,
  decision: string,
  problems: Problems,
): void {
  const seen = new Map<string, Position>();
  written.forEach((invariant, index) => {
    const id = (invariant as Written | null)?.['id'];
    if (typeof id !== 'string') return;
    const at = document.at(['invariants', index, 'id']);
    const before = seen.get(id);
    if (before === undefined) seen.set(id, at);
    else
      problems.error(
        at,
        `the invariant "${id}" of ${decision} is defined already, at ${before.path}:${before.line}:${before.column}`,
        'give one of them another `id`',
      );
  });
}
