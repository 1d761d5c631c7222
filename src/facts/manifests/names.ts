/**
 * Which files are manifests and lock files, by their paths alone. The commit gate loads this: no parser, no library.
 */
type Test = (name: string, path: string) => boolean;

const named =
  (...names: readonly string[]): Test =>
  name =>
    names.includes(name);

const ending =
  (...ends: readonly string[]): Test =>
  name =>
    ends.some(end => name.endsWith(end));

/** In the order in which they are asked: the first that says yes names the format. */
const FORMATS: readonly (readonly [string, Test])[] = [
  ['package-json', named('package.json')],
  ['package-lock', named('package-lock.json', 'npm-shrinkwrap.json')],
  ['pnpm-workspace', named('pnpm-workspace.yaml')],
  ['pnpm-lock', named('pnpm-lock.yaml')],
  ['yarn-lock', named('yarn.lock')],
  ['bun-lock', named('bun.lock')],
  ['pyproject', named('pyproject.toml')],
  ['setup-cfg', named('setup.cfg')],
  ['setup-py', named('setup.py')],
  ['pipfile', named('Pipfile')],
  ['pipfile-lock', named('Pipfile.lock')],
  ['poetry-lock', named('poetry.lock')],
  ['uv-lock', named('uv.lock')],
  ['pdm-lock', named('pdm.lock')],
  ['pylock', name => /^pylock(?:\.[^.]+)?\.toml$/.test(name)],
  ['requirements', isRequirements],
  ['go-mod', named('go.mod')],
  ['go-work', named('go.work')],
  ['go-sum', named('go.sum')],
  ['go-vendor', (name, path) => name === 'modules.txt' && /(?:^|\/)vendor\/modules\.txt$/.test(path)],
  ['cargo-toml', named('Cargo.toml')],
  ['cargo-config', (_, path) => /(?:^|\/)\.cargo\/config(?:\.toml)?$/.test(path)],
  ['cargo-lock', named('Cargo.lock')],
  ['pom', name => name === 'pom.xml' || name.endsWith('.pom')],
  ['gradle-catalog', ending('.versions.toml')],
  ['gradle-lock', named('gradle.lockfile', 'buildscript-gradle.lockfile')],
  ['gradle-build', ending('.gradle', '.gradle.kts')],
  [
    'msbuild',
    name =>
      /\.(?:csproj|fsproj|vbproj)$/i.test(name) ||
      /^Directory\.(?:Packages|Build)\.(?:props|targets)$/i.test(name),
  ],
  ['nuget-lock', named('packages.lock.json')],
  ['nuget-config', name => name.toLowerCase() === 'packages.config'],
  ['composer-json', named('composer.json')],
  ['composer-lock', named('composer.lock')],
  ['gemfile', named('Gemfile', 'gems.rb')],
  ['gemfile-lock', named('Gemfile.lock', 'gems.locked')],
  ['gemspec', ending('.gemspec')],
  ['github-actions', (name, path) => isYaml(name) && isActions(name, path)],
  ['dockerfile', isDockerfile],
];

/** Binary lock files and such: named so that a rule can say that it can't read them. */
const UNREADABLE = new Set(['bun.lockb']);

function isRequirements(name: string, path: string): boolean {
  if (/\.(?:txt|in)$/.test(name) && /(?:^|[-_.])(?:requirements|constraints)(?:[-_.]|$)/.test(name))
    return true;
  return /\.(?:txt|in)$/.test(name) && /(?:^|\/)requirements\//.test(path);
}

function isYaml(name: string): boolean {
  return name.endsWith('.yml') || name.endsWith('.yaml');
}

function isActions(name: string, path: string): boolean {
  return /(?:^|\/)\.github\/workflows\/[^/]+$/.test(path) || /^action\.ya?ml$/.test(name);
}

/** Patterns, prose, settings and templates have its name, too. */
const NO_DOCKERFILE = /\.(?:dockerignore|md|json|tt)$/;

function isDockerfile(name: string): boolean {
  if (NO_DOCKERFILE.test(name)) return false;
  return (
    /^(?:Dockerfile|Containerfile)(?:\..+)?$/.test(name) || /\.(?:dockerfile|containerfile)$/i.test(name)
  );
}

/** @returns the name of the format; `null`: not a manifest or lock file. `unreadable`: one that lintel can't read */
export function manifestFormat(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (UNREADABLE.has(name)) return 'unreadable';
  for (const [format, test] of FORMATS) if (test(name, path)) return format;
  return null;
}

const VENDORED = /(?:^|\/)(?:node_modules|vendor|vendored|third[-_]party|external|_vendor)\//;

/** Does the file lie among other people's sources that are kept in the tree? */
export function isVendored(path: string): boolean {
  return VENDORED.test(path);
}
