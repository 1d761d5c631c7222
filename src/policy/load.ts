import { KINDS } from '../invariants/registry.js';
import type { Digest, Oid, RepoPath } from '../model/brand.js';
import { digestOf } from '../model/canonical.js';
import type { CompiledInvariant, CompiledPolicy, Problem } from '../model/decision.js';
import { inPaths, type PathSet } from '../model/path-set.js';
import type { TreeListing } from '../model/tree.js';
import { type CompileSettings, compileDecision, type KindRegistry } from './compile.js';
import {
  decisionFilesIn,
  POLICY_FORMAT,
  type PolicyFolders,
  policySources,
  type SourceEntry,
} from './compiled.js';
import { compileComponents } from './components.js';
import { type Config, nestedPolicyFolders, readConfig, reportStrays } from './config.js';
import { isRetired, readDecisions } from './decisions.js';
import { Problems } from './problems.js';
import type { Components, GlobUse } from './refs.js';
import { InvariantCompiler } from './rule-compiler.js';
import type { PolicySource } from './source.js';
import { validatorOf } from './validate.js';

/** Raised whenever the same files compile to something else. Part of every policy's digest. */
export const COMPILER_VERSION = 1;

export type PolicyOutcome =
  /** Neither a configuration nor a decision. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'policy';
      readonly policy: CompiledPolicy;
      /** Invariants of decisions that are proposed: checked like the others, in force nowhere. */
      readonly proposed: readonly CompiledInvariant[];
    }
  | {
      readonly kind: 'invalid';
      /** Errors and warnings together, by file and place. */
      readonly problems: readonly Problem[];
      /** For `isGovernancePath`: what must be mendable although it can't be compiled. */
      readonly folders: PolicyFolders;
    };

export interface LoadOptions {
  readonly registry?: KindRegistry;
}

/**
 * Reads and compiles the policy of one tree. Everything that is wrong is reported together; nothing of a policy
 * with an error is in force.
 * @throws what `source.read` throws: a blob that can't be had is no policy problem.
 */
export async function loadPolicy(source: PolicySource, options: LoadOptions = {}): Promise<PolicyOutcome> {
  const registry = options.registry ?? KINDS;
  const { listing } = source;
  const problems = new Problems();
  const validator = await validatorOf(registry);
  const config = await readConfig(source, validator, problems);
  const files = decisionFilesIn(listing, config.decisionsFolders, config.waiversFolder);
  reportStrays(listing, config, problems);
  const decisions = await readDecisions(source, files, validator, problems);

  const uses: GlobUse[] = [];
  const components = compileComponents(config, problems, uses);
  const ignore = compileIgnore(config, components, problems, uses);
  const settings: CompileSettings = { registry, components, ignore, resolve: config.resolve };
  const invariants: CompiledInvariant[] = [];
  const proposed: CompiledInvariant[] = [];
  for (const record of decisions) {
    if (isRetired(record)) continue;
    const accepted = record.summary.status === 'accepted';
    // A proposed decision's globs may name what is still to be built.
    const compiled = compileDecision(record, settings, problems, accepted ? uses : []);
    (accepted ? invariants : proposed).push(...compiled);
  }
  warnOfNested(listing, ignore, problems);
  if (problems.errors.length > 0) {
    const { configPath, decisionsFolders, waiversFolder } = config;
    return {
      kind: 'invalid',
      problems: problems.all,
      folders: { configPath, decisionsFolders, waiversFolder },
    };
  }
  if (config.configPath === null && decisions.length === 0) return { kind: 'none' };
  const sources = policySources(listing, config);
  return {
    kind: 'policy',
    proposed,
    policy: {
      format: POLICY_FORMAT,
      digest: sourcesDigest(sources),
      configPath: config.configPath,
      decisions: decisions.map(({ summary }) => summary),
      invariants,
      waiversFolder: config.waiversFolder,
      decisionsFolders: config.decisionsFolders,
      ...(config.trunk === null ? {} : { trunk: config.trunk }),
      commitGate: config.commitGate,
      limits: config.limits,
      sources,
      warnings: problems.warnings,
      globs: uses,
      components: Object.fromEntries(
        [...components].map(([name, { patterns }]) => [name, { include: patterns }]),
      ),
      ...(ignore === null ? {} : { ignore }),
    },
  };
}

function sourcesDigest(sources: readonly SourceEntry[]): Digest {
  return digestOf({
    compiler: COMPILER_VERSION,
    sources: sources.map(({ path, oid }) => ({ path, oid })),
  });
}

/**
 * The digest that compiling the tree would give, without compiling: ask a cache for it first.
 * @returns `null` when the tree holds neither configuration nor any file of a decisions folder.
 */
export async function policyKey(
  listing: TreeListing,
  read: (oid: Oid) => Promise<Buffer>,
): Promise<Digest | null> {
  // Problems are compilation's to report; a policy that has any is never cached.
  const config = await readConfig({ listing, read }, null, new Problems());
  const sources = policySources(listing, config);
  return sources.length === 0 ? null : sourcesDigest(sources);
}

function compileIgnore(
  config: Config,
  components: Components,
  problems: Problems,
  uses: GlobUse[],
): PathSet | null {
  const written = config.value['ignore'];
  if (written === undefined || config.document === null) return null;
  const keys = [...config.base, 'ignore'];
  const compiler = new InvariantCompiler(config.document, keys, components, problems, uses);
  const set = compiler.paths(written, '');
  if (compiler.captured.size > 0 || compiler.negated.size > 0)
    problems.error(config.document.at(keys), 'captures bind nothing in "ignore"', 'write * instead');
  return set;
}

function warnOfNested(listing: TreeListing, ignore: PathSet | null, problems: Problems): void {
  for (const folder of nestedPolicyFolders(listing))
    if (ignore === null || !inPaths(ignore, `${folder}/config.yaml`))
      problems.warning(
        { path: folder as RepoPath, line: 1, column: 1 },
        "a policy below the repository's root has no effect",
        'move its decisions to the root, or list the folder under `ignore`',
      );
}
