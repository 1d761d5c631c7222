import { checkQuery } from '../facts/code/compile-query.js';
import type { CodeQuery } from '../facts/code/query.js';
import { checkPattern } from '../facts/text/regex.js';
import { type NamedComponent, type RuleCompiler, RuleProblem } from '../invariants/kind.js';
import type { Json } from '../model/canonical.js';
import type { Position } from '../model/decision.js';
import type { TargetSet } from '../model/edges.js';
import type { PathPattern, PathSet } from '../model/path-set.js';
import type { KeyPath, PolicyDocument } from './document.js';
import { compileGlob } from './glob.js';
import { GlobError } from './glob-syntax.js';
import type { Problems } from './problems.js';
import { type PlacedRef, readRefs } from './ref-reader.js';
import type { Components, GlobUse } from './refs.js';

/**
 * Compiles the options of one invariant. What is wrong is recorded with its place and an empty set stands in,
 * so that one run names every mistake; an invariant with a recorded mistake is not used.
 */
export class InvariantCompiler implements RuleCompiler {
  readonly captured = new Set<string>();
  readonly negated = new Map<string, Position>();
  failed = false;

  constructor(
    private readonly document: PolicyDocument,
    /** Where the value under the kind's name is written. */
    private readonly base: KeyPath,
    private readonly allComponents: Components,
    private readonly problems: Problems,
    private readonly uses: GlobUse[],
  ) {}

  paths(refs: Json, key: string): PathSet {
    return { include: this.files(this.read(refs, key)) };
  }

  targets(refs: Json, key: string): TargetSet {
    const read = this.read(refs, key);
    const packages = read.flatMap(({ ref }) => (ref.type === 'package' ? [ref.pattern] : []));
    const include = this.files(read.filter(({ ref }) => ref.type !== 'package'));
    return {
      ...(include.length > 0 ? { paths: { include } } : {}),
      ...(packages.length > 0 ? { packages } : {}),
    };
  }

  glob(glob: Json, key: string): PathPattern {
    const at = this.at(key);
    const written = typeof glob === 'string' ? glob : '';
    try {
      const pattern = compileGlob(written);
      this.note(pattern, at);
      this.uses.push({ glob: written, source: pattern.source, at });
      return pattern;
    } catch (error) {
      if (!(error instanceof GlobError)) throw error;
      this.record(at, error.message, error.hint);
      return compileGlob('**');
    }
  }

  regex(source: Json, key: string): string {
    const written = typeof source === 'string' ? source : '';
    const wrong = checkPattern(written);
    if (wrong !== null) this.record(this.at(key), wrong, null);
    return written;
  }

  code(query: CodeQuery): void {
    const wrong = checkQuery(query);
    // What isn't installed on this machine is no mistake of the policy: the judge says so when it is needed.
    if (wrong === null || wrong.code === 'engine-missing') return;
    this.record(this.at(wrong.key), wrong.message, wrong.remedy);
  }

  label(refs: Json): string {
    return (Array.isArray(refs) ? (refs as readonly Json[]) : [refs]).map(String).join(', ');
  }

  components(): readonly NamedComponent[] {
    return [...this.allComponents].map(([name, { patterns, utility }]) => ({
      name,
      paths: { include: patterns },
      utility,
    }));
  }

  fail(message: string, key: string, hint?: string): never {
    throw new RuleProblem(message, key, hint ?? null);
  }

  /** Records what the kind's `compile` threw; noise behind a mistake that is recorded already is dropped. */
  thrown(problem: RuleProblem): void {
    if (!this.failed) this.record(this.at(problem.key), problem.message, problem.hint);
  }

  /** `{!name}` without a `{name}` to differ from would match everything. */
  checkCaptures(): void {
    for (const [name, at] of this.negated)
      if (!this.captured.has(name))
        this.record(
          at,
          `{!${name}} differs from nothing: no {${name}} in this invariant binds it`,
          `bind it: write {${name}} in the other glob`,
        );
  }

  private read(refs: Json, key: string): readonly PlacedRef[] {
    const keys = this.keys(key);
    const read = readRefs(refs, {
      at: step => this.document.at([...keys, ...step]),
      inBrackets: step => this.document.inBrackets([...keys, ...step]),
      names: [...this.allComponents.keys()],
      component: name => this.allComponents.get(name)?.patterns,
      problem: (at, message, hint) => this.record(at, message, hint),
      use: use => this.uses.push(use),
    });
    for (const { ref, at } of read) {
      if (ref.type === 'component') for (const pattern of ref.patterns) this.note(pattern, at);
      if (ref.type === 'path') this.note(ref.pattern, at);
    }
    return read;
  }

  private files(read: readonly PlacedRef[]): readonly PathPattern[] {
    return read.flatMap(({ ref, at }) => {
      if (ref.type === 'component') return ref.patterns;
      if (ref.type === 'path') return [ref.pattern];
      this.record(
        at,
        `"${ref.pattern.ref}" is a package, and only files can stand here`,
        'name a component or a path',
      );
      return [];
    });
  }

  private note(pattern: PathPattern, at: Position): void {
    for (const name of pattern.captures ?? []) this.captured.add(name);
    for (const name of pattern.negated ?? []) if (!this.negated.has(name)) this.negated.set(name, at);
  }

  private record(at: Position, message: string, hint: string | null): void {
    this.failed = true;
    this.problems.error(at, message, hint);
  }

  private keys(key: string): KeyPath {
    const steps = key.split('/').filter(step => step !== '');
    return [...this.base, ...steps.map(step => (/^\d+$/.test(step) ? Number(step) : step))];
  }

  private at(key: string): Position {
    return this.document.at(this.keys(key));
  }
}
