import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CHECKOUT } from './dist.js';
import { createRepository, type RepositoryOptions, type TestRepository } from './repository.js';

const EXAMPLES = path.join(CHECKOUT, 'examples');

/** What a change is blocked by; an empty list: it is admitted. */
export interface Expected {
  readonly decision: string;
  readonly invariant: string;
  readonly path: string;
}

/** Names of the examples: the folders of examples/. */
export function exampleNames(): string[] {
  return readdirSync(EXAMPLES, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name);
}

/** The changes of an example, `violating/NAME` and `conforming/NAME`. */
export function changeNames(example: string): string[] {
  return ['violating', 'conforming'].flatMap(sort =>
    readdirSync(path.join(EXAMPLES, example, 'changes', sort)).map(name => `${sort}/${name}`),
  );
}

export function expectedOf(example: string): Readonly<Record<string, readonly Expected[]>> {
  const file = path.join(EXAMPLES, example, 'changes/expected.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, readonly Expected[]>;
}

/** The example as its users have it: a repository with one commit, without the folder of changes. */
export async function createExample(
  example: string,
  options: RepositoryOptions = {},
): Promise<TestRepository> {
  const repository = await createRepository(options);
  cpSync(path.join(EXAMPLES, example), repository.path, {
    recursive: true,
    filter: source => path.relative(EXAMPLES, source) !== path.join(example, 'changes'),
  });
  repository.stage();
  repository.commit(`The example ${example}`);
  return repository;
}

/** Lays a change's files over the tree, deletes what its DELETE file lists, and stages all of it. */
export function stageChange(repository: TestRepository, example: string, change: string): void {
  const folder = path.join(EXAMPLES, example, 'changes', change);
  const deletions = path.join(folder, 'DELETE');
  cpSync(folder, repository.path, { recursive: true, filter: source => source !== deletions });
  if (existsSync(deletions))
    for (const line of readFileSync(deletions, 'utf8').split('\n'))
      if (line !== '') rmSync(path.join(repository.path, line));
  repository.stage();
}
