/** What breaks the direct peers (facts/peers.md, last paragraph): each a change that must not slip through, or be stopped wrongly. */
import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'node:test';
import { ADR, CONFORMS, DECISION, type Governed, scenario, VIOLATES, withPackage } from './governed.js';

withPackage();

const CONFIG = '.architecture/config.yaml';

describe('what is judged is what is committed', () => {
  scenario('a staged violation behind a cleaned working tree is blocked', at => {
    at.repository.write({ 'src/ui/list.ts': VIOLATES });
    at.repository.stage();
    at.repository.write({ 'src/ui/list.ts': CONFORMS });
    at.stops(['commit', '-m', 'x']);
    at.repository.write({ 'src/ui/list.ts': null });
    at.stops(['commit', '-m', 'x']);
  });

  scenario('a clean index before a dirty working tree passes', at => {
    at.repository.write({ 'src/ui/list.ts': CONFORMS });
    at.repository.stage();
    at.repository.write({ 'src/ui/list.ts': VIOLATES, 'src/ui/untracked.ts': VIOLATES, [ADR]: 'broken: [' });
    at.git(['commit', '-m', 'x']);
    assert.equal(at.logged('HEAD'), 'judged');
  });

  scenario('a file name that git quotes is not skipped', at => {
    at.blocks({ 'src/ui/"ünïcode" \t.ts': VIOLATES });
  });
});

describe('the commit that breaks a rule can’t take it out of force', () => {
  const loosenings: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
    'switched off by its status': { [ADR]: DECISION.replace('accepted', 'deprecated') },
    'made a proposal': { [ADR]: DECISION.replace('accepted', 'proposed') },
    'its globs narrowed': { [ADR]: DECISION.replace('src/ui/**', 'src/ui/deep/**') },
    'an exception added': { [ADR]: DECISION.replace('because', 'except: src/ui/a.ts\n    because') },
    'a warning only': { [ADR]: DECISION.replace('because', 'severity: warn\n    because') },
    'the invariant taken out': { [ADR]: '# The UI stays off the database\n' },
    deleted: { [ADR]: null },
    'superseded by an empty one': {
      '.architecture/decisions/0003-new.md':
        '---\nid: ADR-0003\ntitle: New\nstatus: accepted\nsupersedes: [ADR-0001]\n---\n# New\n',
    },
    'the folder of decisions moved': {
      [CONFIG]: 'version: 1\ndecisions: docs/adr\n',
      'docs/adr/0001-nothing.md': '# Nothing\n',
    },
    'the file ignored': { [CONFIG]: 'version: 1\nignore: ["src/ui/**"]\n' },
    'the configuration deleted': { [CONFIG]: null },
    'the commit gate set to warn': { [CONFIG]: 'version: 1\ngates: { commit: warn }\n' },
    'file size limits lowered to nothing': { [CONFIG]: 'version: 1\nlimits: { file-bytes: 1 }\n' },
  };
  scenario('whatever way it tries', at => {
    for (const [name, files] of Object.entries(loosenings)) {
      const { stderr } = at.blocks({ ...files, 'src/ui/a.ts': VIOLATES });
      assert.match(stderr, /src\/ui\/a\.ts/, name);
      at.git(['clean', '-qfd']);
    }
  });

  scenario('the whole folder deleted', at => {
    at.git(['rm', '-rq', '.architecture']);
    at.repository.write({ 'src/ui/a.ts': VIOLATES });
    at.repository.stage();
    at.stops(['commit', '-m', 'x']);
  });

  scenario('loosened alone it is reported under governance, and holds for the next commit', at => {
    at.repository.write({ [ADR]: null });
    at.repository.stage();
    const { stderr } = at.git(['commit', '-m', 'loosen']);
    assert.match(stderr, /^governance\n(?: .*\n)*.*ADR-0001/m);
    at.admits({ 'src/ui/a.ts': VIOLATES });
  });

  scenario('files on disk that are not committed decide nothing', at => {
    at.repository.write({
      '.config/config.json': '{ "lintel": { "decisions": "nowhere" } }\n',
      'lintel.config.yaml': 'version: 1\ndecisions: nowhere\n',
      '.lintelrc': 'version: 1\nignore: ["**"]\n',
      'lintel.config.js': 'process.exit(0)\n',
    });
    at.repository.write({ 'src/ui/a.ts': VIOLATES });
    at.repository.stage('src/ui/a.ts');
    at.stops(['commit', '-m', 'x']);
  });
});

describe('nothing is dropped without a word', () => {
  scenario('two decisions of one id, two configurations: an error that names both', at => {
    const twice = at.tries({
      '.architecture/decisions/0009-lax.md': DECISION.replace('src/ui/**', 'nowhere/**'),
      'src/ui/a.ts': VIOLATES,
    });
    assert.notEqual(twice.code, 0);
    assert.match(twice.stderr, /0009-lax\.md/);
    assert.match(twice.stderr, /0001-the-ui-stays-off-the-database\.md/);
    at.git(['reset', '-q', '--hard']);
    const configurations = at.tries({ 'lintel.config.yaml': 'version: 1\n' });
    assert.notEqual(configurations.code, 0);
    assert.match(configurations.stderr, /lintel\.config\.yaml/);
    assert.match(configurations.stderr, /\.architecture\/config\.yaml/);
  });

  scenario('a rule that can’t finish is no pass: a file that does not parse', at => {
    const { code, stderr } = at.tries({ 'src/ui/a.ts': "import { from '../db/pool'; `${" });
    assert.notEqual(code, 0);
    assert.match(stderr, /could not judge/);
    assert.match(stderr, /src\/ui\/a\.ts/);
  });

  scenario('a judge that breaks is no pass', at => {
    const broken = path.join(at.repository.folder, 'broken');
    for (const [what, files] of Object.entries({
      'the full judge': ['dist/judge.js'],
      'the gate': ['dist/gate.cjs', 'dist/hook.cjs'],
      'the shell part': ['hooks/pre-commit'],
      'the shell’s settings': ['hooks/environment.sh'],
    })) {
      cpSync(entryOf(at), broken, { recursive: true, verbatimSymlinks: true });
      for (const file of files) rmSync(path.join(broken, file));
      at.repository.write({ '.git/lintel/entry': `${broken}\n`, 'src/ui/a.ts': VIOLATES });
      at.repository.stage('src/ui/a.ts');
      assert.notEqual(at.git(['commit', '-m', 'x'], { expectFailure: true }).code, 0, what);
      rmSync(broken, { recursive: true });
      at.repository.write({ '.git/lintel/entry': `${entryOf(at)}\n` });
    }
  });

  scenario('caches that are damaged, or no folder at all, decide nothing', at => {
    at.admits({ 'src/ui/a.ts': CONFORMS });
    at.repository.run('sh', [
      '-c',
      'find .git/lintel/v1 -type f -exec sh -c \'echo damaged > "$1"\' _ {} \\;',
    ]);
    at.blocks({ 'src/ui/b.ts': VIOLATES });
    at.admits({ 'src/ui/b.ts': CONFORMS });
    at.repository.run('rm', ['-rf', '.git/lintel/v1']);
    at.repository.write({ '.git/lintel/v1': 'a file\n' });
    at.blocks({ 'src/ui/c.ts': VIOLATES });
    const { code, stderr } = at.tries({ 'src/ui/c.ts': CONFORMS });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /can't keep its cache .*works without it/);
  });
});

describe('rules know what they look at', () => {
  scenario('comments, strings and unrelated words don’t fire', at => {
    at.admits({
      'src/ui/a.ts': [
        "// import { pool } from '../db/pool';",
        "/* import '../db/pool' */",
        'export const text = "import { pool } from \'../db/pool\'; console.log(1)";',
        "export const other = `require('../db/pool')`;",
        '// console.log("nothing")',
        "import { api } from '../api/client'; // not ../db/pool",
        'export const shown = [api, "database", text, other];',
        '',
      ].join('\n'),
    });
  });

  scenario('a deletion of what is forbidden doesn’t fire, nor does code beside it that stood before', at => {
    at.repository.write({ 'src/loud.ts': 'console.log(1);\nconsole.log(2);\n', 'src/ui/old.ts': VIOLATES });
    at.repository.stage();
    at.repository.commit('as it was', '--no-verify');
    at.admits({ 'src/loud.ts': 'console.log(2);\n' });
    at.admits({ 'src/ui/old.ts': `// moved down\n\n${VIOLATES}` });
    at.admits({ 'src/ui/old.ts': null });
  });
});

describe('missing configuration never fails open', () => {
  scenario('.architecture removed from disk only', at => {
    at.repository.run('rm', ['-rf', '.architecture']);
    at.repository.write({ 'src/ui/a.ts': VIOLATES });
    at.repository.stage('src/ui/a.ts');
    at.stops(['commit', '-m', 'x']);
  });

  scenario('lintel itself is missing: closed with the remedy, open only where there is no policy', at => {
    const entry = entryOf(at);
    at.repository.write({ '.git/lintel/entry': `${at.repository.folder}/gone\n` });
    const { code, stderr } = at.tries({ 'docs/a.md': 'harmless\n' });
    assert.notEqual(code, 0);
    assert.match(stderr, /^lintel: not installed/m);
    assert.match(stderr, /^ {2}Mend: npm install$/m);
    at.git(['reset', '-q', '--hard']);
    // An old branch, from before the policy.
    at.git(['checkout', '-q', '--orphan', 'old']);
    at.git(['rm', '-rqf', '.']);
    at.repository.write({ 'readme.md': 'old\n' });
    at.repository.stage();
    at.git(['commit', '-m', 'an old branch']);
    at.repository.write({ '.git/lintel/entry': `${entry}\n` });
  });

  scenario('node is missing: closed with the remedy', at => {
    at.repository.write({ '.git/lintel/node': '/nowhere/node\n' });
    // A folder with what the launcher and git need, and no node.
    at.repository.run('sh', [
      '-c',
      'mkdir ../bin && for p in sh git cat sed grep env mkdir; do ln -s "$(command -v $p)" ../bin/$p; done',
    ]);
    at.repository.write({ 'docs/a.md': 'harmless\n' });
    at.repository.stage();
    const { code, stderr } = at.git(['commit', '-m', 'x'], {
      env: { PATH: path.join(at.repository.folder, 'bin') },
      expectFailure: true,
    });
    assert.notEqual(code, 0);
    assert.match(stderr, /^lintel: node was not found/m);
    assert.match(stderr, /npx --no-install lintel install/);
  });
});

function entryOf(at: Governed): string {
  return entries.get(at) ?? remember(at);
}
const entries = new WeakMap<Governed, string>();
function remember(at: Governed): string {
  const entry = at.repository.read('.git/lintel/entry').trim();
  entries.set(at, entry);
  return entry;
}
