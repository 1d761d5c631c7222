import type { DependencyScope } from '../../../model/dependency.js';

/** Words by which people name groups of packages that only those who work on the project need. */
const DEVELOPMENT = new Set(
  (
    'dev develop development developer devel debug test tests testing tester pytest unittest unit e2e integration ' +
    'tox nox ci cicd coverage cov codecov bench benchmark benchmarks benchmarking profile profiling perf ' +
    'doc docs documentation sphinx mkdocs docstrings changelog ' +
    'lint linter linters linting style format formatter formatting fmt black ruff flake8 pylint isort ' +
    'type types typing typecheck typechecking mypy pyright stubs quality qa check checks audit ' +
    'precommit commit hooks release releasing publish notebook notebooks jupyter ipython example examples demo ' +
    'tool tools tooling'
  ).split(' '),
);

/** Is the group (extra, file, folder) named as one for development: `dev`, `docs`, `test-unit`, `requirements-dev.txt`? */
export function isDevelopmentName(name: string): boolean {
  return name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .some(word => DEVELOPMENT.has(word));
}

/** The scope of a group that is no extra: what its name tells. A name that tells nothing may be meant for production. */
export function groupScope(name: string): DependencyScope {
  return isDevelopmentName(name) ? 'development' : 'production';
}

/** The strongest of several scopes: what production needs is production's, whoever else needs it. */
export function strongest(scopes: Iterable<DependencyScope>): DependencyScope {
  const all = new Set(scopes);
  for (const scope of ['production', 'build', 'peer', 'optional'] as const) if (all.has(scope)) return scope;
  return all.has('development') ? 'development' : 'production';
}
