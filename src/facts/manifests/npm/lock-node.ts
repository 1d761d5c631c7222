import type { DependencyScope } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { isObject, type JsonObject } from './json-text.js';
import { digestsOf, licenseOf, scopeOf, textOf } from './lock-fields.js';

/** What is used of one member of `packages` of a lock file of npm. */
export interface LockNode {
  readonly key: string;
  /** 1-based. */
  readonly line: number;
  readonly name: string | null;
  readonly version: string | null;
  readonly resolved: string | null;
  readonly integrity: readonly string[];
  readonly license: string | null;
  readonly scope: DependencyScope;
  readonly link: boolean;
  readonly bundled: boolean;
  readonly installScript: boolean;
  /** Names: of `dependencies`, `optionalDependencies` and `peerDependencies`. */
  readonly runtime: readonly string[];
  /** Names: of `devDependencies`. */
  readonly development: readonly string[];
  /** Those of the names whose specifier is an address on the web. */
  readonly addressed: readonly string[];
  readonly workspaces: unknown;
}

const RUNTIME = ['dependencies', 'optionalDependencies', 'peerDependencies'] as const;

/**
 * @param lines of the keys of `packages`, in their order
 * @throws ManifestError on what no lock file of npm has
 */
export function lockNodes(packages: JsonObject, lines: readonly number[]): LockNode[] {
  return Object.keys(packages).map((key, index) => {
    const node = packages[key];
    const line = lines[index] ?? 1;
    if (!isObject(node)) throw new ManifestError(`"${key}" of the lock file is not an object`, line);
    return nodeOf(key, line, node);
  });
}

function nodeOf(key: string, line: number, node: JsonObject): LockNode {
  const addressed: string[] = [];
  const names = (field: string): string[] => {
    const wanted = node[field];
    if (wanted === undefined) return [];
    if (!isObject(wanted)) throw new ManifestError(`"${field}" of ${key} is not an object`, line);
    for (const [name, spec] of Object.entries(wanted)) if (isWeb(spec)) addressed.push(name);
    return Object.keys(wanted);
  };
  return {
    key,
    line,
    name: textOf(node, 'name', line),
    version: textOf(node, 'version', line),
    resolved: textOf(node, 'resolved', line),
    integrity: digestsOf(textOf(node, 'integrity', line)),
    license: licenseOf(node.license),
    scope: scopeOf(node),
    link: node.link === true,
    bundled: node.inBundle === true,
    installScript: node.hasInstallScript === true,
    runtime: RUNTIME.flatMap(names),
    development: names('devDependencies'),
    addressed,
    workspaces: node.workspaces,
  };
}

export function isWeb(text: unknown): boolean {
  return typeof text === 'string' && (text.charCodeAt(0) | 32) === 104 && /^https?:/i.test(text);
}
