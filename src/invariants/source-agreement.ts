import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import { folderOf } from '../facts/resolve/paths.js';
import {
  canonicalPackage,
  type DependencyEntry,
  type DependencyFile,
  type DependencyScope,
} from '../model/dependency.js';
import { oncePer } from '../model/once.js';
import { answersFor } from './answered-name.js';
import { listed } from './denied-message.js';
import { isAbsent } from './dependency-entries.js';
import { entryText } from './dependency-finding.js';
import { packageRef, type Selected } from './dependency-rule.js';
import type { Fault } from './source-check.js';
import { writtenRange } from './written-range.js';

/** Which manifests a lock file settles, by their formats. One that isn't here settles all of its ecosystem. */
const SETTLES: Readonly<Record<string, readonly string[]>> = {
  'package-lock': ['package-json'],
  'pnpm-lock': ['package-json'],
  'yarn-lock': ['package-json'],
  'bun-lock': ['package-json'],
  'pipfile-lock': ['pipfile'],
  'poetry-lock': ['pyproject'],
  'uv-lock': ['pyproject'],
  'pdm-lock': ['pyproject'],
  pylock: ['pyproject'],
  'go-sum': ['go-mod'],
  'cargo-lock': ['cargo-toml'],
  'gradle-lock': ['gradle-build'],
  'nuget-lock': ['msbuild'],
  'composer-lock': ['composer-json'],
  'gemfile-lock': ['gemfile'],
};

/** Lock files that are made for some extras and groups of a project, and don't tell for which. */
const SELECTIVE: Readonly<Record<string, readonly DependencyScope[]>> = {
  'pdm-lock': ['optional'],
  pylock: ['optional', 'development'],
};

/** `agrees`: what manifests ask for is what the lock files hold. One lock file that says otherwise is enough. */
export class Agreement {
  private readonly indexOf = oncePer(indexOf);
  private readonly answersOf = oncePer((lock: DependencyFile) => answersIn(this.facts.manifestsOf(lock)));

  constructor(private readonly facts: DependencyFacts) {}

  *faults(each: Selected): IterableIterator<Fault> {
    const { file, entry } = each;
    if (file.role !== 'manifest' || entry.role !== 'dependency' || !isSettled(entry)) return;
    const locks = this.facts
      .locksOf(file)
      .filter(lock => SETTLES[lock.format]?.includes(file.format) ?? true);
    for (const lock of locks) {
      const fault = this.fault(each, lock);
      if (fault === null) continue;
      const which = locks.length > 1 ? ` in ${lock.path.slice(lock.path.lastIndexOf('/') + 1)}` : '';
      yield { ...each, subject: `agrees ${packageRef(entry)}${which}`, ...fault };
    }
  }

  private fault({ file, entry }: Selected, lock: DependencyFile): Pick<Fault, 'wrong' | 'beside'> | null {
    const { redirects, projects } = this.answersOf(lock);
    const wanted = [entry, ...redirects.filter(redirect => answersFor(redirect, entry))];
    const isOwn = wanted.some(({ source }) => source.type === 'path' || source.type === 'workspace');
    const found = wanted.flatMap(want => this.named(lock, file, want).map(held => ({ want, held })));
    const [first] = found;
    if (first === undefined) {
      // A package of the repository itself needs no place in the lock file.
      if (isOwn || projects.has(packageRef(entry))) return null;
      if (SELECTIVE[lock.format]?.includes(entry.scope) || isPeer(entry)) return null;
      if (isAbsent(lock, entry)) return null;
      return { wrong: `but ${lock.path} has no ${packageRef(entry)}: it is out of date` };
    }
    if (isOwn || found.some(({ want, held }) => this.disagrees(want, held) === null)) return null;
    const held = [...new Set(found.map(({ held }) => entryText(held)))];
    return {
      wrong: `but ${lock.path} holds ${listed(held)}`,
      beside: { path: lock.path, line: first.held.line },
    };
  }

  /** Entries of the lock file that the project gets under the name; any of that name, where it doesn't tell. */
  private named(
    lock: DependencyFile,
    manifest: DependencyFile,
    want: DependencyEntry,
  ): readonly DependencyEntry[] {
    const all = this.indexOf(lock).get(packageRef(want)) ?? [];
    if (all.length < 2) return all;
    const roots = new Set(lock.roots[folderOf(manifest.path)] ?? []);
    const direct = all.filter(({ id }) => roots.has(id));
    const called = direct.filter(({ alias }) => alias === want.alias);
    return called.length > 0 ? called : direct.length > 0 ? direct : all;
  }

  /** In what they differ; `null`: not at all, or that can't be told. */
  private disagrees(want: DependencyEntry, held: DependencyEntry): 'source' | 'version' | null {
    if (isOtherPlace(want, held)) return 'source';
    const asked = want.range ?? want.version;
    if (asked === null || held.version === null || held.source.type === 'workspace') return null;
    if (want.source.type !== 'registry') return null;
    const range = writtenRange(want.ecosystem, asked);
    if (range === null) return null;
    return this.facts.satisfies(want.ecosystem, held.version, range) === false ? 'version' : null;
  }
}

interface Answers {
  readonly redirects: readonly DependencyEntry[];
  /** The projects that the lock file settles: packages of the repository. */
  readonly projects: ReadonlySet<string>;
}

function answersIn(manifests: readonly DependencyFile[]): Answers {
  return {
    // Not those that the lock file itself tells: it can't be its own reason.
    redirects: manifests.flatMap(({ entries }) => entries.filter(changesVersion)),
    projects: new Set(
      manifests.flatMap(({ ecosystem, project }) =>
        project.name === null ? [] : [`${ecosystem}:${canonicalPackage(ecosystem, project.name)}`],
      ),
    ),
  };
}

/** What a host brings along (peers), and what only builds the package itself, no lock file needs to hold. */
function isSettled({ scope, ecosystem, source, name }: DependencyEntry): boolean {
  // Bundler doesn't lock itself as a gem.
  if (ecosystem === 'gem' && name === 'bundler') return false;
  if (scope === 'peer' || (scope === 'build' && ecosystem !== 'cargo')) return false;
  return source.type !== 'path' && source.type !== 'workspace';
}

/** A redirect that says only from which registry, or what is laid over it, leaves the version to the manifest. */
function changesVersion({ role, range, version, source }: DependencyEntry): boolean {
  return role === 'redirect' && (range !== null || version !== null || source.type !== 'registry');
}

function indexOf({ entries }: DependencyFile): ReadonlyMap<string, readonly DependencyEntry[]> {
  const index = new Map<string, DependencyEntry[]>();
  for (const entry of entries) {
    if (entry.role !== 'dependency') continue;
    const ref = packageRef(entry);
    const list = index.get(ref);
    if (list === undefined) index.set(ref, [entry]);
    else list.push(entry);
  }
  return index;
}

/** Whoever uses the project brings it along; package managers install it here, or not. */
function isPeer({ id, scope }: DependencyEntry): boolean {
  return scope === 'peer' || id.startsWith('peerDependencies/');
}

/** Asked for from the registry and locked to a repository or an address, or the other way round. */
function isOtherPlace(want: DependencyEntry, held: DependencyEntry): boolean {
  // Elsewhere a setting beside the name may say where a package comes from.
  if (want.ecosystem !== 'npm' && want.ecosystem !== 'cargo') return false;
  const [asked, locked] = [want.source.type, held.source.type];
  if (asked === 'registry') return locked === 'git' || locked === 'url';
  return asked === 'git' && locked === 'registry';
}
