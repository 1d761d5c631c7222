import { manifestFormat } from '../facts/manifests/names.js';
import type { PackageEcosystem } from '../model/dependency.js';

/** Manifests that say what a project's code may use. Catalogs, workspace files and such only keep versions. */
const MANIFESTS: Readonly<Record<string, PackageEcosystem>> = {
  'package-json': 'npm',
  pyproject: 'pypi',
  'setup-cfg': 'pypi',
  'setup-py': 'pypi',
  pipfile: 'pypi',
  requirements: 'pypi',
  'go-mod': 'go',
  'cargo-toml': 'cargo',
  msbuild: 'nuget',
  'nuget-config': 'nuget',
  'composer-json': 'composer',
  gemfile: 'gem',
  gemspec: 'gem',
};

const LOCKS: Readonly<Record<string, PackageEcosystem>> = {
  'package-lock': 'npm',
  'pnpm-lock': 'npm',
  'yarn-lock': 'npm',
  'bun-lock': 'npm',
  unreadable: 'npm',
  'pipfile-lock': 'pypi',
  'poetry-lock': 'pypi',
  'uv-lock': 'pypi',
  'pdm-lock': 'pypi',
  pylock: 'pypi',
  'go-sum': 'go',
  'cargo-lock': 'cargo',
  'gradle-lock': 'maven',
  'nuget-lock': 'nuget',
  'composer-lock': 'composer',
  'gemfile-lock': 'gem',
};

/** Of the manifest of a project; `null`: the path is no such manifest's. */
export function manifestEcosystem(path: string): PackageEcosystem | null {
  return MANIFESTS[manifestFormat(path) ?? ''] ?? null;
}

/** Of a lock file; `null`: the path is none's. */
export function lockEcosystem(path: string): PackageEcosystem | null {
  return LOCKS[manifestFormat(path) ?? ''] ?? null;
}
