import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { buildIfStale, CHECKOUT, CLI } from '../support/dist.js';
import { createExample, stageChange } from '../support/example.js';
import type { TestRepository } from '../support/repository.js';

const README = path.join(CHECKOUT, 'README.md');
const BLOCK = /<!-- blocked-commit:begin -->\n[\s\S]*?<!-- blocked-commit:end -->/;
const MARA = {
  GIT_AUTHOR_NAME: 'Mara Lind',
  GIT_AUTHOR_EMAIL: 'mara@library.example',
  GIT_COMMITTER_NAME: 'Mara Lind',
  GIT_COMMITTER_EMAIL: 'mara@library.example',
};
const MESSAGE = 'Show the catalogue faster';
const DOCS = readdirSync(path.join(CHECKOUT, 'docs'))
  .filter(name => name.endsWith('.md'))
  .map(name => `docs/${name}`);
const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...DOCS];

before(buildIfStale);

/** The layered web application with lintel installed and a change staged that ADR-0002 blocks. */
async function stagedExample(): Promise<TestRepository> {
  const repository = await createExample('layered-web-app', { env: MARA });
  mkdirSync(path.join(repository.path, 'node_modules'));
  symlinkSync(CHECKOUT, path.join(repository.path, 'node_modules/lintel'));
  writeFileSync(path.join(repository.path, '.git/info/exclude'), '/node_modules\n');
  repository.run(process.execPath, [CLI, 'init', '--yes', '--hooks', 'git']);
  stageChange(repository, 'layered-web-app', 'violating/page-calls-a-service');
  return repository;
}

/** What `git commit` prints; the same on every machine and every day. */
async function blockedCommit(): Promise<string> {
  const repository = await stagedExample();
  try {
    const result = repository.git(['commit', '-m', MESSAGE], { expectFailure: true });
    assert.equal(result.code, 1, result.stderr);
    return `${result.stdout}${result.stderr}`.trimEnd();
  } finally {
    await repository.dispose();
  }
}

test('the blocked commit in the README is what git prints (UPDATE_DOCS=1 writes it)', async () => {
  const block = [
    '<!-- blocked-commit:begin -->',
    '```console',
    `$ git commit -m "${MESSAGE}"`,
    await blockedCommit(),
    '```',
    '<!-- blocked-commit:end -->',
  ].join('\n');
  const page = readFileSync(README, 'utf8');
  assert.match(page, BLOCK);
  if (process.env['UPDATE_DOCS'] === '1')
    writeFileSync(
      README,
      page.replace(BLOCK, () => block),
    );
  else assert.equal(BLOCK.exec(page)?.[0], block);
});

test('every file and folder that the documents link to is there', () => {
  for (const page of PAGES) {
    const text = readFileSync(path.join(CHECKOUT, page), 'utf8').replace(/```[\s\S]*?```/g, '');
    for (const [, link = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g))
      if (!/^[a-z]+:/.test(link))
        assert.ok(
          existsSync(path.resolve(CHECKOUT, path.dirname(page), link)),
          `${page} links to ${link}, which is not there`,
        );
  }
});

test('the program in the README runs, and prints the finding', async () => {
  const program = /```js\n([\s\S]*?)```/.exec(readFileSync(README, 'utf8'))?.[1] ?? '';
  const repository = await stagedExample();
  try {
    const { stdout } = repository.run(process.execPath, ['--input-type=module', '--eval', program]);
    assert.match(stdout, /^ADR-0002 src\/ui\/book-list\.ts .*services/);
  } finally {
    await repository.dispose();
  }
});

test('every command that the documents name is there', () => {
  const manifest = JSON.parse(readFileSync(path.join(CHECKOUT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const help = spawnSync(process.execPath, [CLI, '--help'], { encoding: 'utf8' }).stdout;
  const commands = new Set([...help.matchAll(/^ {2}(\w+) /gm)].map(match => match[1]));
  for (const page of PAGES) {
    const text = readFileSync(path.join(CHECKOUT, page), 'utf8');
    for (const [, name = ''] of text.matchAll(/(?:npx --no-install |`)lintel ([a-z]+)/g))
      assert.ok(commands.has(name), `${page} names "lintel ${name}", which is no command`);
    for (const [, name = ''] of text.matchAll(/npm run ([\w:-]+)/g))
      assert.ok(name in manifest.scripts, `${page} names "npm run ${name}", which is no script`);
  }
});
