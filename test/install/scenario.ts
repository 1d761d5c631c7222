import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type InitOptions, type InitReport, init } from '../../src/install/index.js';
import type { FileContent, RepositoryOptions, TestRepository } from '../support/repository.js';
import { createRepository } from '../support/repository.js';
import { type FakePackage, fakePackage } from './fake-package.js';

export interface Scenario {
  readonly repository: TestRepository;
  readonly lintel: FakePackage;
  /** Everything printed so far. */
  readonly said: string[];
  context(extra?: Partial<InitOptions>): InitOptions;
  init(extra?: Partial<InitOptions>): Promise<InitReport>;
}

/** A repository with the fake package in it and one commit; removed when `use` has ended. */
export async function scenario(
  files: Readonly<Record<string, FileContent>>,
  use: (scenario: Scenario) => Promise<void>,
  options: RepositoryOptions & { readonly packageAt?: string } = {},
): Promise<void> {
  const repository = await createRepository({
    files: { '.gitignore': 'node_modules/\n', ...files },
    ...options,
  });
  const lintel = fakePackage(repository, options.packageAt);
  const said: string[] = [];
  const context: Scenario['context'] = extra => ({
    cwd: repository.path,
    environment: repository.env,
    lintelFolder: lintel.folder,
    yes: true,
    asOf: '2026-11-21',
    say: line => said.push(line),
    ...extra,
  });
  try {
    await use({ repository, lintel, said, context, init: extra => init(context(extra)) });
  } finally {
    await repository.dispose();
  }
}

/** Every file with its mode and bytes: of the working tree, and of what init touches in `.git`. */
export function snapshot(root: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder).sort()) {
      const file = path.join(folder, name);
      const relative = path.relative(root, file);
      if (
        /^(?:node_modules|\.git\/(?:objects|logs|index$|refs|packed-refs|COMMIT_EDITMSG|ORIG_HEAD|worktrees))/.test(
          relative,
        )
      )
        continue;
      const stat = lstatSync(file);
      if (stat.isDirectory()) {
        found[`${relative}/`] = '';
        walk(file);
      } else found[relative] = `${(stat.mode & 0o777).toString(8)} ${readFileSync(file).toString('base64')}`;
    }
  };
  walk(root);
  return found;
}
