import type { RepoPath } from '../../../model/brand.js';
import type { DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { type DependencyFiles, ManifestError } from '../format.js';
import { within } from '../npm/paths.js';
import { type EntryList, FROM_REGISTRY } from '../syntax/entries.js';
import type { GoStatement } from './syntax.js';
import { canonicalVersion, fitsMajor, pathMajor } from './versions.js';

const GO_VERSION = /^[1-9]\d*\.(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))?(?:[a-z]+\d+)?$/;

/** Directives that a go.mod or go.work has once: `module`, `go`, `toolchain`. */
export class Singles {
  private readonly values = new Map<string, string>();

  get(verb: string): string | undefined {
    return this.values.get(verb);
  }

  /** @throws ManifestError on a second one, and on a version of Go that is none */
  add(statement: GoStatement): void {
    const { verb, line } = statement;
    const value = argument(statement);
    if (this.values.has(verb)) throw new ManifestError(`repeated ${verb} statement`, line);
    if (verb === 'go' && !GO_VERSION.test(value))
      throw new ManifestError(`invalid go version ${value}`, line, 'write it as 1.23 or 1.23.0');
    this.values.set(verb, value);
  }
}

/** The `replace` directives of a go.mod or go.work: a redirect each. */
export class Replacements {
  private readonly replaced = new Map<string, string>();

  constructor(
    private readonly path: RepoPath,
    private readonly list: EntryList,
  ) {}

  /** @throws ManifestError on what can't be read, and on two that contradict each other */
  add({ words, line }: GoStatement): void {
    const arrow = words.indexOf('=>');
    const [old, oldVersion] = words;
    const [to, version, ...more] = words.slice(arrow + 1);
    if (arrow < 1 || arrow > 2 || old === undefined || to === undefined || more.length > 0)
      throw new ManifestError(
        'a replace that can’t be read',
        line,
        'write it as `replace old [v1.2.3] => new v1.2.3`, or `=> ../folder`',
      );
    const left = arrow === 2 ? `${old}@${oldVersion}` : old;
    checkVersion(old, arrow === 2 ? (oldVersion ?? '') : null, line);
    const right = version === undefined ? to : `${to}@${version}`;
    const before = this.replaced.get(left);
    if (before !== undefined && before !== right)
      throw new ManifestError(`conflicting replacements for ${left}: ${before} and ${right}`, line);
    this.replaced.set(left, right);
    const isFolder = isFolderPath(to);
    if (isFolder !== (version === undefined))
      throw new ManifestError(
        isFolder
          ? `the folder ${to} can’t have a version`
          : `${to} has no version and is no folder (rooted, or with ./ or ../ before it)`,
        line,
      );
    if (version !== undefined) checkVersion(to, version, line, false);
    this.list.add({
      id: `replace/${left}`,
      role: 'redirect',
      name: isFolder ? old : to,
      alias: old,
      version: version === undefined ? null : canonicalVersion(version),
      range: version ?? null,
      source: isFolder ? { type: 'path', path: within(folderOf(this.path), to), written: to } : FROM_REGISTRY,
      line,
    });
  }
}

/** The one word of a directive. @throws ManifestError where it has none, or more */
export function argument({ verb, words, line }: GoStatement): string {
  const [value] = words;
  if (value === undefined || value === '' || words.length > 1)
    throw new ManifestError(`${verb} takes exactly one argument`, line);
  return value;
}

/** A branch or a commit in place of a version is left to the go command, which settles and rewrites it. */
export function checkVersion(path: string, written: string | null, line: number, mustFit = true): void {
  if (written !== null && (written === '' || '()[]{},=>'.includes(written)))
    throw new ManifestError(`${path} has no version that can be read`, line);
  const major = pathMajor(path);
  const version = written === null ? null : canonicalVersion(written);
  if (!mustFit) return;
  if (major === null) throw new ManifestError(`${path} is no module’s path`, line);
  if (version !== null && !fitsMajor(version, major))
    throw new ManifestError(
      `${path} can’t have the version ${written}`,
      line,
      'the path’s last part says the major version: /v2 and so on',
    );
}

function isFolderPath(path: string): boolean {
  return /^(?:\.{0,2}[\\/]|[a-z]:)/i.test(path);
}

/** A folder that stands in for a module is called what its own go.mod calls it. */
export function linkFolders(file: DependencyFile, files: DependencyFiles): DependencyFile {
  return {
    ...file,
    entries: file.entries.map(entry => {
      if ((entry.source.type !== 'path' && entry.source.type !== 'workspace') || entry.source.path === null)
        return entry;
      const folder = entry.source.path;
      const name = files.file(folder === '' ? 'go.mod' : `${folder}/go.mod`)?.project.name;
      return name === null || name === undefined ? entry : { ...entry, name };
    }),
  };
}
