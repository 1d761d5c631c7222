import type { Oid, RepoPath } from '../../model/brand.js';
import { canonicalPackage, type DependencyFile } from '../../model/dependency.js';
import { inBatches } from '../../model/in-batches.js';
import type { Fact, FactError } from '../tree-facts.js';
import type { DependencyFacts } from './dependency-facts.js';
import { dependencyTree } from './dependency-tree.js';
import { type DependencyFiles, ManifestError, type ManifestFormat } from './format.js';
import { MANIFEST_FORMATS } from './formats.js';
import { conflictLine } from './lines.js';
import { isVendored, manifestFormat } from './names.js';

/** Parsed files: the sides of a change share nearly all of them. */
export class ParsedManifests {
  private readonly byBlob = new Map<string, Fact<DependencyFile>>();
  private readonly last = new Map<RepoPath, DependencyFile>();

  get({ path, oid }: ManifestSource): Fact<DependencyFile> | undefined {
    return this.byBlob.get(`${oid} ${path}`);
  }

  /** Some state of the file. */
  near(path: RepoPath): DependencyFile | null {
    return this.last.get(path) ?? null;
  }

  set({ path, oid }: ManifestSource, fact: Fact<DependencyFile>): void {
    this.byBlob.set(`${oid} ${path}`, fact);
    if (fact.ok) this.last.set(path, fact.value);
  }
}

/** Files whose texts are in memory together: lock files are large. */
const BATCH = 16;

export interface ManifestSource {
  readonly path: RepoPath;
  readonly oid: Oid;
}

/**
 * Reads the manifests and lock files of a tree.
 * @param text decoded; not `ok` where it can't be had
 */
export async function readDependencies(
  sources: readonly ManifestSource[],
  parsed: ParsedManifests,
  text: (source: ManifestSource) => Promise<Fact<string>>,
): Promise<DependencyFacts> {
  await inBatches(
    sources.filter(source => parsed.get(source) === undefined),
    async source => {
      const content = await text(source);
      const { path } = source;
      parsed.set(source, content.ok ? await parse(path, content.value, parsed.near(path)) : content);
    },
    BATCH,
  );
  const facts = sources.flatMap(source => parsed.get(source) ?? []);
  const known = new Map<string, DependencyFile>();
  for (const fact of facts) if (fact.ok) known.set(fact.value.path, fact.value);
  const others: DependencyFiles = { file: path => known.get(path) ?? null, all: () => known.values() };
  const files: DependencyFile[] = [];
  const unreadable: FactError[] = [];
  for (const fact of facts) {
    const linked = fact.ok ? await link(fact.value, others) : fact;
    if (linked.ok) files.push(linked.value);
    else unreadable.push(linked.error);
  }
  return dependencyTree(files, unreadable, await import('./terms.js'));
}

async function formatOf(name: string): Promise<ManifestFormat | null> {
  return (await MANIFEST_FORMATS[name]?.()) ?? null;
}

async function parse(
  path: RepoPath,
  text: string,
  near: DependencyFile | null,
): Promise<Fact<DependencyFile>> {
  const name = manifestFormat(path);
  const format = name === null ? null : await formatOf(name);
  if (format === null)
    return refusal(
      path,
      new ManifestError('it is binary, and lintel reads lock files that are text', null, TEXT_LOCK),
    );
  try {
    // A format that tells from a near state what differs takes no conflict marker for content.
    const told = near === null ? null : format.parseNear?.(path, text, near);
    const conflict = told == null ? conflictLine(text) : null;
    if (conflict !== null)
      return refusal(path, new ManifestError('it holds conflict markers', conflict, 'finish the merge'));
    const file = told ?? format.parse(path, text);
    return { ok: true, value: isVendored(path) ? asVendored(file) : file };
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return refusal(path, error);
  }
}

const TEXT_LOCK = 'let the package manager write a text lock file (bun install --save-text-lockfile)';

async function link(file: DependencyFile, others: DependencyFiles): Promise<Fact<DependencyFile>> {
  const format = file.role === 'vendored' ? null : await formatOf(file.format);
  if (format?.link === undefined) return { ok: true, value: file };
  try {
    return { ok: true, value: format.link(file, others) };
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return refusal(file.path, error);
  }
}

/** Other people's sources: they are a dependency themselves, and what they want is their own affair. */
function asVendored(file: DependencyFile): DependencyFile {
  if (file.role === 'vendored') return file;
  const { project, ecosystem } = file;
  const isPackage = file.role === 'manifest' && project.name !== null;
  return {
    ...file,
    role: 'vendored',
    roots: {},
    includes: [],
    entries: isPackage
      ? [
          {
            id: 'vendored',
            role: 'dependency',
            ecosystem,
            name: canonicalPackage(ecosystem, project.name ?? ''),
            version: project.version,
            range: null,
            scope: 'production',
            direct: null,
            source: { type: 'path', path: file.path, written: file.path },
            integrity: [],
            line: 1,
            ...(project.license === null ? {} : { license: project.license }),
          },
        ]
      : [],
  };
}

function refusal(path: RepoPath, { message, line, remedy }: ManifestError): Fact<DependencyFile> {
  return {
    ok: false,
    error: { code: 'unparsable', path, message: `${path}: ${message}`, line, column: null, remedy },
  };
}
