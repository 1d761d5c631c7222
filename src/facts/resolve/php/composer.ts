import { isMembers, strings } from '../manifests.js';
import { folderOf, join } from '../paths.js';

/** Namespaces and the folders that hold them, as `autoload` and `autoload-dev` of one composer.json map them. */
type Roots = readonly (readonly [prefix: string, folders: readonly string[]])[];

/** A composer.json, as far as resolution needs it. Paths are relative to the tree's root. */
export interface Project {
  readonly folder: string;
  readonly name?: string;
  /** Prefixes end in a backslash, or are empty. */
  readonly psr4?: Roots;
  /** Prefixes as written: `Twig_`, `Acme\`. */
  readonly psr0?: Roots;
  /** `config.vendor-dir`, where it is not `vendor`. */
  readonly vendor?: string;
  /** Packages that it requires or replaces. */
  readonly packages?: readonly string[];
}

/** A namespace of an installed package. */
export type Installed = readonly [prefix: string, name: string];

const PACKAGE_FIELDS = ['require', 'require-dev', 'replace', 'provide'] as const;

function rootsOf(folder: string, value: unknown): Roots {
  if (!isMembers(value)) return [];
  return Object.entries(value).flatMap(([prefix, written]) => {
    const folders = (typeof written === 'string' ? [written] : strings(written)).flatMap(
      one => join(folder, one) ?? [],
    );
    return folders.length === 0 ? [] : [[prefix, folders] as const];
  });
}

/** @returns its mappings, those for development too: tests are code */
export function readProject(path: string, members: Readonly<Record<string, unknown>>): Project {
  const folder = folderOf(path);
  const maps = (key: string): Roots =>
    [members['autoload'], members['autoload-dev']].flatMap(one =>
      isMembers(one) ? rootsOf(folder, one[key]) : [],
    );
  const psr4 = maps('psr-4').map(([prefix, folders]) => [withEnd(prefix), folders] as const);
  const psr0 = maps('psr-0');
  const config = members['config'];
  const vendor = isMembers(config) && typeof config['vendor-dir'] === 'string' ? config['vendor-dir'] : null;
  const vendorFolder = vendor === null ? null : join(folder, vendor);
  const packages = PACKAGE_FIELDS.flatMap(field => {
    const list = members[field];
    return isMembers(list) ? Object.keys(list).filter(name => name.includes('/')) : [];
  });
  const name = members['name'];
  return {
    folder,
    ...(typeof name === 'string' && name !== '' && { name }),
    ...(psr4.length > 0 && { psr4 }),
    ...(psr0.length > 0 && { psr0 }),
    ...(vendorFolder !== null && { vendor: vendorFolder }),
    ...(packages.length > 0 && { packages: [...new Set(packages)].sort() }),
  };
}

function withEnd(prefix: string): string {
  return prefix === '' || prefix.endsWith('\\') ? prefix : `${prefix}\\`;
}

/** What composer.lock, or vendor/composer/installed.json, tells of whose namespaces are whose. */
export function readInstalled(value: unknown): readonly Installed[] {
  const members = isMembers(value) ? value : { packages: value };
  const found: Installed[] = [];
  for (const list of [members['packages'], members['packages-dev']]) {
    for (const one of Array.isArray(list) ? list : []) {
      if (!isMembers(one) || typeof one['name'] !== 'string' || !isMembers(one['autoload'])) continue;
      for (const key of ['psr-4', 'psr-0']) {
        const map = one['autoload'][key];
        for (const prefix of isMembers(map) ? Object.keys(map) : [])
          if (prefix !== '') found.push([prefix, one['name']]);
      }
    }
  }
  return found;
}
