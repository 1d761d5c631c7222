import { type Change, changedAgainstAll, changedAgainstAny } from '../change/change.js';
import { introducedLines } from '../change/introduced-lines.js';
import type { FactError } from '../facts/tree-facts.js';
import type { BaseFacts, Kind, Mode, Reads, Violation } from '../invariants/kind.js';
import { KINDS, readsOf } from '../invariants/registry.js';
import type { RepoPath } from '../model/brand.js';
import type { CompiledInvariant, ResolveSettings } from '../model/decision.js';
import type { TreeListing } from '../model/tree.js';
import { orderEquals, pathsWithEquals } from '../verdict/equals.js';
import { type BaseViolations, type Judged, judgeViolations } from '../verdict/introduced.js';
import { errorsOf, isInability, isNoText, isUnknowable } from './fact-errors.js';
import { leftOut, leftOutOf } from './left-out.js';
import { prepareFacts, unreadableManifests } from './prepare-facts.js';
import { RenameFinder } from './rename-finder.js';
import { type FactSide, governs, NO_SETTINGS, type Reresolution } from './sides.js';
import type { GateContext } from './types.js';

/** Files evaluated at once by rules that read content: bounds memory in `check --all`. */
const CHUNK = 512;

export interface RuleResult {
  readonly judged: readonly Judged[];
  /** Governed files that could not be read rightly, and stand so in no base. One may be told more than once. */
  readonly errors: readonly FactError[];
  /** `check --all`: governed files that can't be read rightly and, as HEAD is its own base, stand so. */
  readonly unread: readonly FactError[];
}

/** Evaluates compiled invariants on one change: prepares facts, asks the kinds, compares with the bases. */
export class Evaluation {
  private readonly local: ReadonlySet<RepoPath>;
  private readonly renames: RenameFinder;

  constructor(
    private readonly gate: GateContext,
    private readonly change: Change,
    private readonly head: FactSide,
    private readonly bases: readonly FactSide[],
    private readonly reresolution: Reresolution,
    private readonly at: 'commit' | 'push',
  ) {
    this.local = changedAgainstAll(change.bases);
    this.renames = new RenameFinder(gate.repository, change.bases);
  }

  async evaluate(invariant: CompiledInvariant): Promise<RuleResult> {
    const kind = KINDS.get(invariant.kind);
    if (kind === undefined) throw new Error(`no such kind of invariant: ${invariant.kind}`);
    // Equal manifests and lock files say the same: all of it stands.
    if (
      readsOf(kind, invariant.rule) === 'dependencies' &&
      this.change.source !== 'all' &&
      !this.reaches(invariant, kind)
    )
      return NOTHING;
    const mode = kind.modeOf(invariant.rule);
    if (mode === 'change') return this.evaluateChange(invariant, kind);
    const state = await this.evaluateState(invariant, kind, mode);
    if (kind.judgesChangesToo?.(invariant.rule) !== true) return state;
    return both(await this.evaluateChange(invariant, kind), state);
  }

  private async evaluateState(invariant: CompiledInvariant, kind: Kind, mode: Mode): Promise<RuleResult> {
    const reads = readsOf(kind, invariant.rule);
    if (reads !== 'graph') return this.evaluateFiles(invariant, kind, mode, reads);
    const overGraph = await this.evaluateGraph(invariant, kind, mode);
    if (kind.evaluateGraph === undefined) return overGraph;
    const direct = await this.evaluateFiles(invariant, kind, mode, 'imports');
    return both(direct, overGraph);
  }

  /** A rule that finds in a file what that file's facts say. */
  private async evaluateFiles(
    invariant: CompiledInvariant,
    kind: Kind,
    mode: Mode,
    reads: Reads,
  ): Promise<RuleResult> {
    const everywhere = this.change.source === 'all';
    const reaches = everywhere || this.reaches(invariant, kind);
    const global = (reads === 'paths' || reads === 'dependencies') && reaches;
    const scope = global ? 'all' : await this.scopeOf(invariant, kind, reaches);
    const { violations, errors } = await this.violations(this.head, invariant, kind, scope, reads);
    // A file that is broken stands; content that isn't there can't be known, wherever it would stand.
    const told = this.told(errors, error =>
      everywhere ? isUnknowable(error) : isInability(error) || !this.standsInBase(error.path),
    );
    if (violations.length === 0) return { judged: [], ...told };
    const bases = await this.standing(invariant, kind, violations, global, reads);
    const ordered = everywhere ? violations : await this.ordered(violations, bases);
    return { judged: judgeViolations(invariant, mode, ordered, bases), ...told };
  }

  /** A rule over the graph of the whole tree: what it finds may lie in any file, whatever changed. */
  private async evaluateGraph(invariant: CompiledInvariant, kind: Kind, mode: Mode): Promise<RuleResult> {
    const everywhere = this.change.source === 'all';
    const settings = invariant.resolve ?? NO_SETTINGS;
    const unreadable = everywhere
      ? await this.unreadIn(invariant, settings)
      : await this.unreadable(invariant);
    const told = this.told(unreadable, error =>
      everywhere ? error.code === 'missing-object' : !this.standsInBase(error.path),
    );
    const head = await this.head.graph(settings);
    const graphs = everywhere ? [] : await Promise.all(this.bases.map(base => base.graph(settings)));
    // Equal graphs have equal violations: all of them stand.
    if (graphs.some(graph => graph === head)) return { judged: [], ...told };
    const { violations } = await this.violations(this.head, invariant, kind, 'all', 'graph');
    if (violations.length === 0) return { judged: [], ...told };
    const bases = await this.standing(invariant, kind, violations, true, 'graph');
    const judged = judgeViolations(invariant, mode, violations, bases);
    const blamed = everywhere ? judged : await this.blamed(invariant, kind, judged, bases);
    const facts = await prepareFacts(this.head, invariant, kind, []);
    const explained = blamed.map(item =>
      kind.explain !== undefined && (item.introduced || everywhere)
        ? { ...item, violation: kind.explain(invariant.rule, facts, item.violation, leftOutOf(invariant)) }
        : item,
    );
    return { judged: explained, ...told };
  }

  /** Files that could not be read rightly: which of them keep the rule from being judged. */
  private told(
    all: readonly FactError[],
    prevents: (error: FactError) => boolean,
  ): Pick<RuleResult, 'errors' | 'unread'> {
    const unread = this.change.source === 'all' ? all.filter(error => !prevents(error)) : [];
    return { errors: all.filter(prevents), unread };
  }

  /** What stood before of what the head holds. */
  private async standing(
    invariant: CompiledInvariant,
    kind: Kind,
    head: readonly Violation[],
    global: boolean,
    reads: Reads,
  ): Promise<readonly BaseViolations[]> {
    // HEAD is its own base: all of it stands, but for what only a waiver holds.
    if (this.change.source === 'all')
      return [{ violations: head, renames: new Map(), waived: await waivedIn(this.head) }];
    const bases: BaseViolations[] = [];
    for (const index of this.change.bases.keys()) {
      bases.push(await this.baseViolations(index, invariant, kind, head, global, reads));
    }
    return bases;
  }

  /** Of the newly violated keys only those that the change is to blame for are introduced. */
  private async blamed(
    invariant: CompiledInvariant,
    kind: Kind,
    judged: readonly Judged[],
    bases: readonly BaseViolations[],
  ): Promise<readonly Judged[]> {
    if (kind.blames === undefined) return judged;
    const sides: BaseFacts[] = [];
    const head = await prepareFacts(this.head, invariant, kind, []);
    for (const [index, base] of bases.entries()) {
      const facts = await prepareFacts(this.base(index), invariant, kind, []);
      sides.push({ facts, before: path => base.renames.get(path) ?? path });
    }
    return judged.map(item =>
      item.introduced &&
      !item.onceWaived &&
      !kind.blames?.(invariant.rule, head, item.violation, sides, leftOutOf(invariant))
        ? { ...item, introduced: false }
        : item,
    );
  }

  /** Governed files of the tree whose imports can't be had. */
  private async unreadIn(
    invariant: CompiledInvariant,
    settings: ResolveSettings,
  ): Promise<readonly FactError[]> {
    const { graph } = await this.head.treeGraph(settings);
    return graph.errors.filter(error => governs(invariant, error.path) && !isNoText(error));
  }

  /** Those of the change. */
  private async unreadable(invariant: CompiledInvariant): Promise<readonly FactError[]> {
    const { listing } = this.head.side;
    const governed = [...this.local].filter(path => listing.has(path) && governs(invariant, path)).sort();
    await this.head.snapshot.prepareImports(governed);
    return governed.flatMap(path => {
      const fact = this.head.snapshot.sitesOf(path);
      return fact === null || fact.ok || isNoText(fact.error) ? [] : [fact.error];
    });
  }

  /** Parts of the rule that let nothing through or catch nothing, in words. */
  async unused(invariant: CompiledInvariant): Promise<readonly string[]> {
    const kind = KINDS.get(invariant.kind);
    if (kind?.unused === undefined) return [];
    // An allowance is used by files that the rule lets pass: every file is asked, not only those that it governs.
    const facts = await prepareFacts(this.head, invariant, kind, [...pathsOf(this.head.side.listing)]);
    return kind.unused(invariant.rule, facts);
  }

  private async evaluateChange(invariant: CompiledInvariant, kind: Kind): Promise<RuleResult> {
    const { evaluateChange } = kind;
    if (evaluateChange === undefined) throw new Error(`${kind.name} has no evaluateChange`);
    // `check --all` has no change to speak of.
    if (this.change.source === 'all') return NOTHING;
    const touched = [...changedAgainstAny(this.change.bases)].filter(path => governs(invariant, path));
    const headFacts = await prepareFacts(this.head, invariant, kind, touched);
    const found = errorsOf(headFacts, kind, invariant.rule, touched);
    const manifests = unreadableManifests(headFacts, invariant, readsOf(kind, invariant.rule));
    const errors = [...found, ...manifests].filter(
      error => isInability(error) || !this.standsInBase(error.path),
    );
    const perBase: Violation[][] = [];
    for (const [index, base] of this.change.bases.entries()) {
      const baseFacts = await prepareFacts(this.base(index), invariant, kind, touched);
      const found = evaluateChange.call(kind, invariant.rule, {
        base: baseFacts,
        head: headFacts,
        changes: base.changes.filter(change => !leftOut(invariant, change.path)),
        at: this.at,
      });
      perBase.push(found.filter(violation => !leftOut(invariant, violation.path)));
    }
    const bases = perBase.map(violations => ({ violations, renames: new Map(), waived: new Set<string>() }));
    return { judged: judgeViolations(invariant, 'change', perBase[0] ?? [], bases), errors, unread: [] };
  }

  /** Files where the rule may find what no base has. */
  private async scopeOf(
    invariant: CompiledInvariant,
    kind: Kind,
    reaches: boolean,
  ): Promise<ReadonlySet<RepoPath>> {
    const isByManifest = kind.reads === 'imports-and-dependencies';
    if (this.change.source === 'all' || (isByManifest && reaches))
      return new Set(pathsOf(this.change.head.listing));
    if (kind.reads !== 'imports' && !isByManifest) return this.local;
    const reresolved = await this.reresolution.files(invariant.resolve ?? NO_SETTINGS);
    if (reresolved.every(files => files.size === 0)) return this.local;
    const affected = this.change.bases.map(
      (base, index) => new Set([...base.changes.map(change => change.path), ...(reresolved[index] ?? [])]),
    );
    const [first, ...rest] = affected;
    return new Set([...(first ?? [])].filter(path => rest.every(paths => paths.has(path))));
  }

  private reaches(invariant: CompiledInvariant, kind: Kind): boolean {
    return this.change.bases.some(base =>
      base.changes.some(change => kind.reaches(invariant.rule, change.path, change.status)),
    );
  }

  private async violations(
    side: FactSide,
    invariant: CompiledInvariant,
    kind: Kind,
    scope: 'all' | ReadonlySet<RepoPath>,
    reads: Reads,
  ): Promise<{ violations: readonly Violation[]; errors: readonly FactError[] }> {
    const { evaluate } = kind;
    if (evaluate === undefined) throw new Error(`${kind.name} has no evaluate`);
    const isLeftOut = leftOutOf(invariant);
    // Over the graph what is left out is left out by the kind; a folder's findings bear no file's path.
    if (reads === 'graph') {
      const facts = await prepareFacts(side, invariant, kind, [], reads);
      const { rule } = invariant;
      const found =
        kind.evaluateGraph?.(rule, facts, isLeftOut) ?? kind.evaluate?.(rule, facts, 'all', isLeftOut);
      return { violations: found ?? [], errors: [] };
    }
    const keep = (violation: Violation): boolean => !isLeftOut(violation.path);
    if (scope === 'all') {
      const facts = await prepareFacts(side, invariant, kind, [], reads);
      const found = evaluate.call(kind, invariant.rule, facts, 'all', isLeftOut);
      return { violations: found.filter(keep), errors: unreadableManifests(facts, invariant, reads) };
    }
    const governed = [...scope]
      .filter(path => side.side.listing.has(path) && governs(invariant, path))
      .sort();
    const violations: Violation[] = [];
    const errors: FactError[] = [];
    for (let start = 0; start < governed.length; start += CHUNK) {
      const chunk = governed.slice(start, start + CHUNK);
      const facts = await prepareFacts(side, invariant, kind, chunk, reads);
      errors.push(...errorsOf(facts, kind, invariant.rule, chunk));
      if (start === 0) errors.push(...unreadableManifests(facts, invariant, reads));
      violations.push(...evaluate.call(kind, invariant.rule, facts, new Set(chunk), isLeftOut).filter(keep));
      if (governed.length > CHUNK) {
        side.snapshot.forgetTexts();
        this.gate.progress?.({ stage: 'judging', done: start + chunk.length, total: governed.length });
      }
    }
    return { violations, errors };
  }

  /** What a base holds of the files in question, by the names that they had there. */
  private async baseViolations(
    index: number,
    invariant: CompiledInvariant,
    kind: Kind,
    head: readonly Violation[],
    global: boolean,
    reads: Reads,
  ): Promise<BaseViolations> {
    const side = this.base(index);
    const paths = new Set(head.map(violation => violation.path));
    const renames = await this.renames.of(index, head);
    for (const path of [...paths]) {
      const before = renames.get(path);
      if (before !== undefined) paths.add(before);
    }
    const { violations } = await this.violations(side, invariant, kind, global ? 'all' : paths, reads);
    return { violations, renames, waived: violations.length === 0 ? new Set() : await waivedIn(side) };
  }

  private async ordered(
    head: readonly Violation[],
    bases: readonly BaseViolations[],
  ): Promise<readonly Violation[]> {
    const paths = pathsWithEquals(head);
    if (paths.size === 0) return head;
    const fresh = new Map<RepoPath, ReadonlySet<number>>();
    for (const path of paths) {
      const lines = await this.freshLines(path, bases);
      if (lines !== null) fresh.set(path, lines);
    }
    return orderEquals(head, path => fresh.get(path) ?? null);
  }

  /** Lines that are new against every base that has the file; `null` when none has it. */
  private async freshLines(
    path: RepoPath,
    bases: readonly BaseViolations[],
  ): Promise<ReadonlySet<number> | null> {
    const after = await this.textOf(this.head, path);
    let fresh: ReadonlySet<number> | null = null;
    for (const [index, base] of bases.entries()) {
      const side = this.base(index);
      const before = base.renames.get(path) ?? path;
      if (after === null || !side.side.listing.has(before)) continue;
      const lines = introducedLines(await this.textOf(side, before), after);
      fresh = fresh === null ? lines : intersection(fresh, lines);
    }
    return fresh;
  }

  private async textOf(side: FactSide, path: RepoPath): Promise<string | null> {
    await side.snapshot.prepareTexts([path]);
    const fact = side.snapshot.facts(null).text(path);
    return fact?.ok ? fact.value.text : null;
  }

  /** An unreadable file blocks only where the same blob stands in no base, under this name or a deleted one. */
  private standsInBase(path: RepoPath): boolean {
    const entry = this.change.head.listing.entry(path);
    if (entry === undefined) return false;
    return this.change.bases.some(base => {
      const before = base.listing.entry(path);
      if (before?.oid === entry.oid && before.mode === entry.mode) return true;
      return base.changes.some(change => change.status === 'delete' && change.before?.oid === entry.oid);
    });
  }

  private base(index: number): FactSide {
    const side = this.bases[index];
    if (side === undefined) throw new Error('no such base');
    return side;
  }
}

const NOTHING: RuleResult = { judged: [], errors: [], unread: [] };

function both(one: RuleResult, other: RuleResult): RuleResult {
  return {
    judged: [...one.judged, ...other.judged],
    errors: [...one.errors, ...other.errors],
    unread: [...one.unread, ...other.unread],
  };
}

function intersection(a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...a].filter(member => b.has(member)));
}

function* pathsOf(listing: TreeListing): IterableIterator<RepoPath> {
  for (const { path } of listing.entries()) yield path;
}

async function waivedIn(side: FactSide): Promise<ReadonlySet<string>> {
  const { waivers } = await side.readWaivers();
  return new Set(waivers.flatMap(waiver => waiver.findings.map(finding => finding.fingerprint)));
}
