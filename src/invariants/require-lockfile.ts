import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import { folderOf } from '../facts/resolve/paths.js';
import type { Json } from '../model/canonical.js';
import { type DependencyFile, PACKAGE_ECOSYSTEMS, type PackageEcosystem } from '../model/dependency.js';
import { fileBefore } from './dependency-change.js';
import { lockEcosystem } from './dependency-formats.js';
import {
  compileSelection,
  governsManifest,
  packageRef,
  SELECTION_SCHEMA,
  type Selection,
} from './dependency-rule.js';
import { reachesManifests, screenManifest } from './dependency-screen.js';
import type { Kind, Violation } from './kind.js';
import { type Compared, disagreements, entryKey, lockedDependencies } from './lock-agreement.js';
import { inAny } from './path-sets.js';

type Rule = { readonly selection: Selection; readonly ecosystems?: readonly PackageEcosystem[] };
type Options = { readonly in?: Json; readonly ecosystems?: readonly PackageEcosystem[] };

/** Nobody keeps lock files of these, unless one stands there. */
const SELDOM: ReadonlySet<PackageEcosystem> = new Set(['gha', 'docker', 'maven', 'nuget']);
/** pip installs what these say: no tool keeps a lock file for them, and one beside them is another manifest's. */
const INSTALLED: ReadonlySet<string> = new Set(['setup-cfg', 'setup-py']);
/** Names that a message lists. */
const SHOWN = 5;

/**
 * Who changes what a manifest asks for commits a lock file that agrees with it: it holds every direct dependency in a
 * version that the manifest admits, and none that was dropped.
 *
 * - `in`: folders of the projects. Default: all.
 * - `ecosystems`: only these. Default: all that commonly have lock files: not GitHub's actions, images, the JVM's and .NET's
 *   (those where a lock file stands).
 *
 * Names, aliases, ranges and sources count; scripts and the like don't. Packages of the repository are not asked for;
 * peers aren't, and optional ones may be missing. `go.mod` is its own lock file, and go.sum has the versions; a file of
 * pip's requirements that pins all of them is one, too, and locks the `.in` beside it. Nobody locks what
 * setup.py and setup.cfg ask for. To delete the lock file of a project is to break the rule as well.
 */
export const requireLockfile: Kind<Rule> = {
  name: 'require-lockfile',
  summary: 'a changed manifest comes with a lock file that agrees',
  schema: {
    type: 'object',
    properties: {
      in: SELECTION_SCHEMA['in'] ?? { $ref: '#/$defs/refs' },
      ecosystems: {
        description: 'Only these. Default: all that commonly have lock files.',
        type: 'array',
        items: { enum: [...PACKAGE_ECOSYSTEMS] },
        minItems: 1,
        uniqueItems: true,
      },
    },
    additionalProperties: false,
  },
  reads: 'dependencies',
  modeOf: () => 'change',
  compile(options, compiler) {
    const { ecosystems, ...selection } = options as Options;
    return {
      selection: compileSelection(selection, 'direct', compiler),
      ...(ecosystems === undefined ? {} : { ecosystems }),
    };
  },
  governs: (rule, path) => governsManifest(rule.selection, path),
  // A workspace's root, a parent, a catalog: other files decide what a manifest asks for.
  reaches: (_, path) => reachesManifests(path),
  evaluateChange(rule, { base, head, changes }) {
    const [before, after] = [base.dependencies(), head.dependencies()];
    const touched = new Set<string>(changes.map(({ path }) => path));
    const violations: Violation[] = [];
    for (const manifest of after.files) {
      if (manifest.role !== 'manifest' || INSTALLED.has(manifest.format)) continue;
      if (!isGoverned(rule, manifest.path)) continue;
      const was = fileBefore(before, manifest, changes);
      const old = was === 'unreadable' ? null : was;
      const had = old === null ? [] : locksFor(before, old);
      if (!isAsked(rule, manifest, had.length > 0 || locksFor(after, manifest).length > 0)) continue;
      const compared: Compared = { facts: after, manifest, before: old, touches: path => touched.has(path) };
      violations.push(...judge(compared, had.length > 0));
    }
    return violations;
  },
  screen: (_, file) => screenManifest(file),
};

function isGoverned({ selection }: Rule, path: string): boolean {
  return selection.in === undefined || inAny(selection.in, path);
}

function isAsked({ ecosystems }: Rule, { ecosystem }: DependencyFile, hasLock: boolean): boolean {
  if (ecosystems !== undefined) return ecosystems.includes(ecosystem);
  return !SELDOM.has(ecosystem) || hasLock;
}

function judge(compared: Compared, hadLock: boolean): readonly Violation[] {
  const { facts, manifest, before } = compared;
  const wanted = lockedDependencies(facts, manifest);
  const old = before === null ? [] : lockedDependencies(facts, before);
  const [is, was] = [
    new Map(wanted.map(each => [entryKey(each), each])),
    new Map(old.map(each => [entryKey(each), each])),
  ];
  const changed = [...[...is].filter(([key]) => !was.has(key)), ...[...was].filter(([key]) => !is.has(key))];
  const locks = locksFor(facts, manifest);
  if (changed.length === 0 && (locks.length > 0 || !hadLock)) return [];
  if (locks.length === 0) {
    if (wanted.length === 0 || isPinned(manifest)) return [];
    const names = [...new Set(changed.map(([, entry]) => packageRef(entry)))];
    const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
    const what = names.length === 0 ? '' : ` (${names.slice(0, SHOWN).join(', ')}${more})`;
    return [
      violation(manifest, {
        subject: 'lock file',
        line: changed[0]?.[1].line ?? null,
        message: `${manifest.path} ${names.length === 0 ? 'has lost its lock file' : `changes what it asks for${what}`}, and ${unreadableLock(facts, manifest) ?? 'there is no lock file that settles it'}`,
      }),
    ];
  }
  // Several package managers may have written theirs: one that agrees is enough.
  let fewest: ReturnType<typeof disagreements> | null = null;
  for (const lock of locks) {
    const found = disagreements(compared, lock);
    if (fewest === null || found.length < fewest.length) fewest = found;
  }
  return (fewest ?? []).map(each => violation(manifest, each));
}

function violation(
  { path }: DependencyFile,
  {
    subject,
    line,
    message,
  }: { readonly subject: string; readonly line: number | null; readonly message: string },
): Violation {
  return { path, line, column: null, subject, ordinal: 0, message };
}

/** The lock files of a manifest; of `requirements.in` the `.txt` beside it. */
function locksFor(facts: DependencyFacts, manifest: DependencyFile): readonly DependencyFile[] {
  if (manifest.format !== 'requirements') {
    const nearest = facts.locksOf(manifest);
    // One that lies beside it and doesn't know it may be another's: a workspace's root speaks for its members.
    if (nearest.length === 0 || nearest.some(lock => knows(lock, manifest))) return nearest;
    const named = facts.files.filter(file => file.ecosystem === manifest.ecosystem && knows(file, manifest));
    return named.length > 0 ? named : nearest;
  }
  // A lock file beside it is another tool's: what pip installs is what the file says.
  const compiled = manifest.path.endsWith('.in') ? facts.file(`${manifest.path.slice(0, -3)}.txt`) : null;
  return compiled === null ? [] : [compiled];
}

function knows({ role, roots }: DependencyFile, { path }: DependencyFile): boolean {
  return role === 'lock' && Object.hasOwn(roots, folderOf(path));
}

/** Every version is settled by the manifest itself. */
function isPinned({ format, entries }: DependencyFile): boolean {
  return (
    format === 'requirements' &&
    entries.every(({ role, version, source }) => role !== 'dependency' || version !== null || isFixed(source))
  );
}

function isFixed(source: DependencyFile['entries'][number]['source']): boolean {
  return source.type === 'git' && /^[0-9a-f]{40}$/.test(source.revision ?? '');
}

function unreadableLock(facts: DependencyFacts, manifest: DependencyFile): string | null {
  const folder = folderOf(manifest.path);
  const error = facts.unreadable.find(({ path }) => {
    const above = folderOf(path);
    return (
      lockEcosystem(path) === manifest.ecosystem &&
      (above === '' || above === folder || folder.startsWith(`${above}/`))
    );
  });
  return error === undefined ? null : `its lock file can’t be read (${error.message})`;
}
