import { type Change, changedAgainstAny, type Side } from '../change/change.js';
import { rawDiffText } from '../change/raw-diff.js';
import { ParsedManifests } from '../facts/manifests/read.js';
import type { FactError } from '../facts/tree-facts.js';
import type { Digest, RepoPath } from '../model/brand.js';
import { digestOf } from '../model/canonical.js';
import { type CompiledPolicy, DEFAULT_LIMITS, type Problem } from '../model/decision.js';
import type { Verdict, VerdictError } from '../model/verdict.js';
import { compareGovernance, isGovernancePath, unmatchedGlobs } from '../policy/index.js';
import { type RuleInForce, rulesInForce } from '../verdict/rules-in-force.js';
import { Evaluation } from './evaluation.js';
import { buildFindings, type RuleFindings } from './findings.js';
import { type LoadedPolicy, PolicyReader } from './policies.js';
import { Provenance } from './provenance.js';
import { FactSide, NO_SETTINGS, Reresolution } from './sides.js';
import type { GateContext } from './types.js';

export interface JudgeOptions {
  /** Where waivers are read from, when not from the head itself: the tip of a push judged commit by commit. */
  readonly waiversFrom?: Side;
}

/** Judges one change by the policy in force and by its own: the one way to a verdict, whatever the gate. */
export async function judgeChange(
  gate: GateContext,
  change: Change,
  at: 'commit' | 'push',
  options: JudgeOptions = {},
): Promise<Verdict> {
  const policies = new PolicyReader(gate.repository, gate.store);
  const [trusted, proposed] = await Promise.all([
    policies.load(change.trusted.side),
    policies.load(change.head),
  ]);
  const draft = new Draft(gate, change, policyOf(trusted), policyOf(proposed));
  const refusal = policyRefusal(change, trusted, proposed);
  if (refusal !== null) return draft.refuse(refusal);

  const rules = rulesInForce(draft.trusted, draft.proposed);
  const sides = openSides(gate, change, draft, policies, options.waiversFrom);
  const { results, errors, unread, evaluated, evaluation } = await evaluateRules(
    gate,
    change,
    at,
    rules,
    sides,
  );
  const { findings, standing } = await buildFindings(results, {
    trusted: draft.trusted,
    proposed: draft.proposed,
    waivers: sides.waivers,
    provenance: new Provenance(gate.repository, change.trusted.side?.commit ?? null),
    gate,
    listStanding: change.source === 'all',
  });
  const resolver = await resolverProblems(change, sides.head, rules);
  const waiverProblems = await waiverFileProblems(change, sides.waivers, draft.waiversFolders());
  return draft.verdict({
    findings,
    standing,
    expected: rules.length,
    evaluated,
    errors: [...waiverProblems.map(problem), ...errors, ...resolver.errors],
    warnings: [
      ...draft.warnings(),
      ...(draft.looksForUnused() ? await unusedParts(evaluation, rules) : []),
      ...resolver.warnings,
      ...unread,
    ],
  });
}

interface Sides {
  readonly head: FactSide;
  readonly bases: readonly FactSide[];
  /** The side whose waivers hold. */
  readonly waivers: FactSide;
}

function openSides(
  gate: GateContext,
  change: Change,
  draft: Draft,
  policies: PolicyReader,
  waiversFrom: Side | undefined,
): Sides {
  const fileBytes = (draft.trusted ?? draft.proposed)?.limits.fileBytes ?? DEFAULT_LIMITS.fileBytes;
  const manifests = new ParsedManifests();
  const open = (side: Side, from: FactSide['from'] = null): FactSide =>
    new FactSide(side, gate, policies, draft.waiversFolders(), fileBytes, from, manifests);
  const bases = change.bases.map(base => open(base));
  const [first] = change.bases;
  const [near] = bases;
  const isFromNear = first !== undefined && first.listing.size > 0 && change.source !== 'all';
  const head = open(
    change.head,
    isFromNear && near !== undefined ? { side: near, changes: first.changes } : null,
  );
  return {
    head,
    bases,
    waivers: waiversFrom === undefined ? head : open(waiversFrom),
  };
}

async function evaluateRules(
  gate: GateContext,
  change: Change,
  at: 'commit' | 'push',
  rules: readonly RuleInForce[],
  { head, bases }: Sides,
): Promise<{
  results: readonly RuleFindings[];
  errors: readonly VerdictError[];
  unread: readonly VerdictError[];
  evaluated: number;
  evaluation: Evaluation;
}> {
  const invariants = rules.map(rule => rule.invariant);
  const reresolution = new Reresolution(change, head, bases, invariants, gate);
  const evaluation = new Evaluation(gate, change, head, bases, reresolution, at);
  const results: RuleFindings[] = [];
  const errors = new Map<string, VerdictError>();
  const unread = new Map<string, VerdictError>();
  let evaluated = 0;
  for (const rule of rules) {
    const result = await evaluation.evaluate(rule.invariant);
    for (const error of result.errors) errors.set(`${error.code}\0${error.path}`, factProblem(error, rule));
    for (const error of result.unread) unread.set(`${error.code}\0${error.path}`, factProblem(error, rule));
    if (result.errors.length === 0) evaluated++;
    results.push({ rule, judged: result.judged });
  }
  return { results, errors: [...errors.values()], unread: [...unread.values()], evaluated, evaluation };
}

/** Allowances and exceptions that let nothing through, rules that look at nothing: each may be a mistake. */
async function unusedParts(
  evaluation: Evaluation,
  rules: readonly RuleInForce[],
): Promise<readonly VerdictError[]> {
  const warnings: VerdictError[] = [];
  for (const { invariant, side } of rules) {
    // What the change takes out of the policy is of no interest any more.
    if (side === 'trusted') continue;
    const { path, line, column } = invariant.at;
    for (const what of await evaluation.unused(invariant)) {
      const message = `${invariant.decision}, ${invariant.id}: ${what}`;
      warnings.push({ code: 'policy-warning', message, path, line, column, remedy: null });
    }
  }
  return warnings;
}

/**
 * Fingerprints that one change introduces, by the policies that another one was judged with: tells which
 * commit of a push brought a finding in.
 */
export async function introducedBy(
  gate: GateContext,
  change: Change,
  judged: Change,
  decisions: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const policies = new PolicyReader(gate.repository, gate.store);
  const trusted = policyOf(await policies.load(judged.trusted.side));
  const proposed = policyOf(await policies.load(judged.head));
  const draft = new Draft(gate, change, trusted, proposed);
  const rules = rulesInForce(trusted, proposed).filter(({ invariant }) => decisions.has(invariant.decision));
  const sides = openSides(gate, change, draft, policies, undefined);
  const { results } = await evaluateRules(gate, change, 'push', rules, sides);
  return new Set(
    results.flatMap(({ judged: found }) =>
      found.filter(({ introduced }) => introduced).map(item => item.fingerprint),
    ),
  );
}

function policyOf(loaded: LoadedPolicy): CompiledPolicy | null {
  return loaded.kind === 'policy' ? loaded.policy : null;
}

/**
 * H's policy does not compile: refused. P's does not: only a change confined to governance paths, whose
 * own policy compiles, may pass, or the mend would be blocked by what it mends.
 */
function policyRefusal(
  change: Change,
  trusted: LoadedPolicy,
  proposed: LoadedPolicy,
): readonly Problem[] | null {
  if (proposed.kind === 'invalid') return proposed.problems;
  if (trusted.kind !== 'invalid') return null;
  const confined = [...changedAgainstAny(change.bases)].every(path =>
    isGovernancePath(path, policyOf(proposed)),
  );
  return confined && proposed.kind === 'policy' ? null : trusted.problems;
}

function problem({ message, path, line, column, hint }: Problem): VerdictError {
  return { code: 'policy-invalid', message, path, line, column, remedy: hint ?? null };
}

function factProblem(
  { code, path, message, line, column, remedy }: FactError,
  rule: RuleInForce,
): VerdictError {
  const { decision, id } = rule.invariant;
  return { code, message: `${message} (${decision}, ${id}, governs it)`, path, line, column, remedy };
}

/** A tsconfig or package.json that can't be read: an error when this change made it so, else a warning. */
async function resolverProblems(
  change: Change,
  head: FactSide,
  rules: readonly RuleInForce[],
): Promise<{ errors: readonly VerdictError[]; warnings: readonly VerdictError[] }> {
  const settings = rules
    .filter(rule => rule.invariant.resolve !== undefined)
    .map(rule => rule.invariant.resolve);
  if (settings.length === 0) return { errors: [], warnings: [] };
  const context = await head.resolver(settings[0] ?? NO_SETTINGS);
  const touched = changedAgainstAny(change.bases);
  const all = context.problems.map((found): VerdictError & { touched: boolean } => ({
    code: 'resolver-config',
    message: found.message,
    path: found.path,
    line: found.line,
    column: null,
    remedy: `mend ${found.path}: imports are resolved by it`,
    touched: touched.has(found.path),
  }));
  const strip = ({ touched: _, ...error }: VerdictError & { touched: boolean }): VerdictError => error;
  return {
    errors: all.filter(error => error.touched).map(strip),
    warnings: all.filter(error => !error.touched).map(strip),
  };
}

/** Waiver files are read when the change touches one, whatever the findings: a broken one is told at once. */
async function waiverFileProblems(
  change: Change,
  head: FactSide,
  folders: readonly RepoPath[],
): Promise<readonly Problem[]> {
  const touched = changedAgainstAny(change.bases);
  const inFolder = (path: string): boolean => folders.some(folder => path.startsWith(`${folder}/`));
  if (change.source !== 'all' && ![...touched].some(inFolder)) return [];
  const { problems } = await head.readWaivers();
  return problems.filter(found => found.severity === 'error');
}

interface Parts {
  readonly findings: Verdict['findings'];
  readonly standing: number;
  readonly expected: number;
  readonly evaluated: number;
  readonly errors: readonly VerdictError[];
  readonly warnings: readonly VerdictError[];
}

/** The parts of a verdict that are known before anything is evaluated. */
class Draft {
  constructor(
    private readonly gate: GateContext,
    private readonly change: Change,
    readonly trusted: CompiledPolicy | null,
    readonly proposed: CompiledPolicy | null,
  ) {}

  refuse(problems: readonly Problem[]): Verdict {
    const errors = problems.filter(found => found.severity === 'error').map(problem);
    const warnings = problems.filter(found => found.severity === 'warning').map(problem);
    return this.verdict({ findings: [], standing: 0, expected: 0, evaluated: 0, errors, warnings });
  }

  waiversFolders(): readonly RepoPath[] {
    const folders = [this.trusted, this.proposed].flatMap(policy =>
      policy === null ? [] : [policy.waiversFolder],
    );
    return [...new Set(folders)];
  }

  /** What the policy names in vain is looked for when the policy changes and in `check --all`. */
  looksForUnused(): boolean {
    return (
      this.proposed !== null &&
      (this.change.source === 'all' || this.trusted?.digest !== this.proposed.digest)
    );
  }

  warnings(): readonly VerdictError[] {
    const { proposed, change } = this;
    if (proposed === null || !this.looksForUnused()) return [];
    const found = [...proposed.warnings, ...unmatchedGlobs(proposed, change.head.listing)];
    return found.map(warning => ({ ...problem(warning), code: 'policy-warning' }));
  }

  verdict(parts: Parts): Verdict {
    const { change, gate, trusted, proposed } = this;
    const policy = trusted ?? proposed;
    const warnOnly =
      trusted?.commitGate === 'warn' && (change.source === 'staged' || change.source === 'merge');
    const blocking = parts.findings.some(
      ({ state, severity }) => state === 'introduced' && severity === 'block',
    );
    const failed = parts.errors.length > 0 || parts.evaluated !== parts.expected;
    return {
      schema: 'lintel.verdict/v1',
      result: failed ? 'error' : blocking && !warnOnly ? 'blocked' : 'admitted',
      asOf: gate.asOf,
      tool: { name: gate.tool.name, version: gate.tool.version },
      change: {
        source: change.source,
        id: changeId(change),
        bases: change.bases.flatMap(({ commit }) => (commit === null ? [] : [commit])),
        head: change.head.commit,
        files: changedAgainstAny(change.bases).size,
        ...(change.ref === undefined ? {} : { ref: change.ref }),
      },
      policy: {
        ref: trusted === null ? (proposed === null ? 'none' : 'change') : change.trusted.ref,
        commit: trusted === null ? null : (change.trusted.side?.commit ?? null),
        digest: policy?.digest ?? null,
        decisions: (policy?.decisions ?? []).filter(({ status }) => status === 'accepted').length,
        invariants: { expected: parts.expected, evaluated: parts.evaluated },
        ungoverned: policy === null && parts.errors.length === 0,
      },
      ...(warnOnly ? { gate: 'warn' as const } : {}),
      findings: parts.findings,
      standing: parts.standing,
      governance: parts.errors.some(({ code }) => code === 'policy-invalid')
        ? []
        : compareGovernance(trusted, proposed),
      warnings: parts.warnings,
      errors: parts.errors,
    };
  }
}

function changeId(change: Change): Digest {
  return digestOf(change.bases.map(base => [base.tree, rawDiffText(base.changes)]));
}
