import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { buildIfStale, CHECKOUT, CLI } from '../support/dist.js';
import { createExample, stageChange } from '../support/example.js';

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

before(buildIfStale);

/** What `git commit` prints in a repository with lintel's hooks; the same on every machine and every day. */
async function blockedCommit(): Promise<string> {
  const repository = await createExample('layered-web-app', { env: MARA });
  try {
    mkdirSync(path.join(repository.path, 'node_modules'));
    symlinkSync(CHECKOUT, path.join(repository.path, 'node_modules/lintel'));
    writeFileSync(path.join(repository.path, '.git/info/exclude'), '/node_modules\n');
    repository.run(process.execPath, [CLI, 'init', '--yes', '--hooks', 'git']);
    stageChange(repository, 'layered-web-app', 'violating/page-calls-a-service');
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
  for (const page of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...DOCS]) {
    const text = readFileSync(path.join(CHECKOUT, page), 'utf8').replace(/```[\s\S]*?```/g, '');
    for (const [, link = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g))
      if (!/^[a-z]+:/.test(link))
        assert.ok(
          existsSync(path.resolve(CHECKOUT, path.dirname(page), link)),
          `${page} links to ${link}, which is not there`,
        );
  }
});
