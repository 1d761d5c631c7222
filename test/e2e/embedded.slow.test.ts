/** Without git: the same verdicts, and a loud refusal of what the embedded backend can't read rightly. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { openLintel } from '../../src/index.js';
import type { Verdict } from '../../src/model/verdict.js';
import { BASIC, decision, VIOLATION } from '../gates/project.js';
import type { FileContent, TestRepository } from '../support/repository.js';
import { createRepository } from '../support/repository.js';
import { assertSays, createGate, type Gate, gateOf, withGate } from './gate.js';

const ASOF = '2026-11-21';
const SECOND = '.architecture/decisions/0002-more.md';
const MORE = decision(
  'ADR-0002',
  `- id: no-todo
  forbid-text: { in: "src/**", pattern: TODO, where: [comment] }
- id: frozen
  append-only: { in: "log/**", unit: line }
- id: small
  size: { in: "src/**", lines: 3 }
- id: no-dash
  forbid-path: { in: "**/*.bak" }`,
);
const POLICY = { ...BASIC, [SECOND]: MORE, 'log/a.txt': '1\n2\n' };

/** A PATH on which there is no git. */
function withoutGit(gate: Gate): Readonly<Record<string, string | undefined>> {
  const bare = path.join(gate.repo.folder, 'no-git');
  mkdirSync(bare, { recursive: true });
  return { PATH: bare, LINTEL_GIT: undefined };
}

const CHANGES: Readonly<Record<string, Readonly<Record<string, FileContent>>>> = {
  'an import that is forbidden': VIOLATION,
  'text, size, a path, a line that was rewritten': {
    'src/ui/list.ts': '// TODO x\n1;\n2;\n3;\n4;\n',
    'src/a.bak': 'x',
    'log/a.txt': '1\n3\n',
  },
  'a conforming change with a rename': {
    'src/ui/list.ts': null,
    'src/ui/list2.ts': 'export const list = 1;\n',
    'log/a.txt': '1\n2\n3\n',
  },
  'a policy that does not compile': { [SECOND]: '---\nstatus: [\n---\n' },
  'a symbolic link, an odd name': { 'src/ui/"ü\n".ts': "import '../db/pool';\n", 'src/l': { symlink: 'ui' } },
};

async function api(repo: TestRepository, backend: 'git' | 'embedded'): Promise<Verdict> {
  const lintel = await openLintel({ cwd: repo.path, environment: repo.env, backend, asOf: ASOF });
  try {
    return await lintel.judgeStaged();
  } finally {
    await lintel.close();
  }
}

describe('the same verdict with and without git', () => {
  for (const [name, files] of Object.entries(CHANGES))
    it(name, () =>
      withGate(POLICY, async gate => {
        gate.change(files);
        const json = ['check', '--staged', '--format', 'json', '--as-of', ASOF];
        const withIt = gate.lintel(json);
        const without = gate.lintel(json, { env: withoutGit(gate) });
        assert.equal(without.stdout, withIt.stdout);
        assert.equal(without.code, withIt.code);
        assert.match(withIt.stdout, /lintel\.verdict\/v1/);
        assert.deepEqual(await api(gate.repo, 'embedded'), await api(gate.repo, 'git'));
      }),
    );

  it('check --all, check --base, and packed objects', () =>
    withGate(POLICY, gate => {
      const { repo } = gate;
      repo.git(['checkout', '-q', '-b', 'topic']);
      gate.change({ ...VIOLATION, 'src/a.bak': 'x' });
      repo.git(['commit', '-qn', '-m', 'past the hook']);
      repo.git(['gc', '-q']);
      for (const args of [['--all'], ['--base', 'main'], ['--base', 'main', '--head', 'HEAD~1']]) {
        const json = ['check', ...args, '--format', 'json', '--as-of', ASOF];
        const withIt = gate.lintel(json);
        const without = gate.lintel(json, { env: withoutGit(gate) });
        assert.equal(without.stderr, withIt.stderr, args.join(' '));
        assert.equal(without.stdout, withIt.stdout, args.join(' '));
        assert.equal(without.code, withIt.code, args.join(' '));
      }
    }));

  it('the first commit, and an unmerged index', () =>
    withGate({}, gate => {
      const env = withoutGit(gate);
      gate.change({ ...BASIC, ...VIOLATION });
      assert.equal(gate.check({ env }).code, 1);
      const blob = gate.repo.git(['hash-object', '-w', '--stdin'], { input: 'x' }).stdout.trim();
      gate.repo.git(['update-index', '--index-info'], {
        input: `100644 ${blob} 1\tsrc/x.ts\n100644 ${blob} 2\tsrc/x.ts\n`,
      });
      const { code, stderr } = gate.check({ env });
      assert.equal(code, 3);
      assertSays(stderr, 'the index holds unmerged paths: src/x.ts');
    }));
});

interface Refusal {
  readonly names: RegExp;
  prepare(gate: Gate): void;
}

const REFUSED: Readonly<Record<string, Refusal>> = {
  'a split index': {
    names: /a split index/,
    prepare: ({ repo }) => repo.git(['update-index', '--split-index']),
  },
  'a sparse index': {
    names: /a sparse index/,
    prepare: ({ repo }) => {
      repo.git(['reset', '-q', '--hard']);
      repo.git(['sparse-checkout', 'init', '--cone', '--sparse-index']);
      repo.git(['sparse-checkout', 'set', 'log']);
    },
  },
  'replaced objects': {
    names: /replaced objects/,
    prepare: ({ repo }) => {
      const other = repo.git(['hash-object', '-w', '--stdin'], { input: 'x' }).stdout.trim();
      repo.git(['replace', repo.revision('HEAD:src/ui/list.ts'), other]);
    },
  },
  grafts: {
    names: /grafts/,
    prepare: ({ repo }) => {
      repo.run('sh', ['-c', 'mkdir -p .git/info && git rev-parse HEAD >.git/info/grafts']);
    },
  },
  'an extension that nobody knows': {
    names: /extensions\.future/,
    prepare: ({ repo }) => {
      repo.git(['config', 'core.repositoryFormatVersion', '1']);
      repo.git(['config', 'extensions.future', 'true']);
    },
  },
  'configuration that includes other files': {
    names: /include\.path/,
    prepare: ({ repo }) => repo.git(['config', 'include.path', '../other']),
  },
};

function assertRefused(gate: Gate, names: RegExp): void {
  const { code, stdout, stderr } = gate.check({ env: withoutGit(gate) });
  assert.equal(code, 3, stdout + stderr);
  assert.doesNotMatch(stdout, /admitted/);
  assert.match(stderr, names);
  assert.match(stderr, /Install git/);
}

describe('without git, refused loudly', () => {
  for (const [name, { names, prepare }] of Object.entries(REFUSED)) {
    // Only what asks for configuration needs to know it all: a push, not a commit.
    if (name.startsWith('configuration')) continue;
    it(name, () =>
      withGate(POLICY, gate => {
        gate.change(VIOLATION);
        prepare(gate);
        assertRefused(gate, names);
      }),
    );
  }

  it('SHA-256', () =>
    withGate(
      POLICY,
      gate => {
        gate.change(VIOLATION);
        assertRefused(gate, /object format sha256/);
      },
      { objectFormat: 'sha256' },
    ));

  it('a linked worktree', () =>
    withGate(POLICY, async gate => {
      const at = path.join(gate.repo.folder, 'linked');
      gate.repo.git(['worktree', 'add', '-q', '-b', 'linked', at]);
      const linked = gateOf(
        await createRepository({ at: { repository: gate.repo, path: at } }),
        gate.package,
      );
      linked.change(VIOLATION);
      assertRefused(linked, /a linked worktree/);
    }));

  for (const [name, args, names] of [
    ['a partial clone', ['--filter=blob:none'], /a partial clone/],
    ['borrowed objects', ['--shared'], /objects of another repository/],
  ] as const)
    it(name, async () => {
      const origin = await createGate(POLICY);
      try {
        origin.repo.git(['config', 'uploadpack.allowFilter', 'true']);
        const from = args[0] === '--shared' ? origin.repo.path : `file://${origin.repo.path}`;
        const at = path.join(origin.repo.folder, 'clone');
        origin.repo.git(['clone', '-q', ...args, from, at]);
        const gate = gateOf(await createRepository({ at: { repository: origin.repo, path: at } }));
        gate.change(VIOLATION);
        assertRefused(gate, names);
      } finally {
        await origin.dispose();
      }
    });
});

describe('the hook without git', () => {
  it('judges by the embedded backend, or stops: a violation never passes', () =>
    withGate(POLICY, gate => {
      gate.change(VIOLATION);
      // git itself starts the hook, so that only a hand-made call can lack it.
      const hook = path.join(gate.package, 'dist/hook.cjs');
      const run = () =>
        gate.repo.run(process.execPath, [hook, 'pre-commit'], { expectFailure: true, env: withoutGit(gate) });
      const blocked = run();
      assert.equal(blocked.code, 1, blocked.stderr);
      assertSays(blocked.stderr, 'ui-off-db');
      gate.change({ 'src/ui/list.ts': 'export const list = 2;\n' });
      assert.equal(run().code, 0);
    }));
});
