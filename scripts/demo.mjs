// `npm run demo`: one example, one afternoon. A repository is made from examples/layered-web-app in a temporary
// folder, lintel is installed in it from this checkout, and git does the rest: every line that is indented below
// a command was printed by git or by lintel. Each step says what must happen, and the demo fails if it does not.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(checkout, 'dist/cli.js');
const example = join(checkout, 'examples/layered-web-app');
const colour = process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lintel-demo-')));
const repository = join(folder, 'lending-library');
const remote = join(folder, 'origin.git');
const environment = isolatedEnvironment();

/** Nothing of the user's own git configuration, and nothing of a hook that may run around us. */
function isolatedEnvironment() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(GIT_|LINTEL_|HUSKY|NODE_EXTRA_CA|CI$)/.test(name),
  );
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, '.gitconfig'),
    '[user]\n\tname = Ada\n\temail = ada@library.example\n[init]\n\tdefaultBranch = main\n[push]\n\tautoSetupRemote = true\n[advice]\n\tdetachedHead = false\n',
  );
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_CONFIG_HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
  };
}

function paint(code, text) {
  return colour ? `\u001b[${code}m${text}\u001b[0m` : text;
}

function heading(number, text, explanation) {
  process.stdout.write(`\n${paint('1', `${number}. ${text}`)}\n   ${explanation}\n`);
}

/** Runs a command, prints it and what it printed, and holds it to its expected end. */
function step(shown, program, args, expectation, cwd = repository) {
  process.stdout.write(`\n   ${paint('36', `$ ${shown}`)}\n`);
  // One file for both streams: what is printed keeps its order.
  const transcript = openSync(join(folder, 'transcript'), 'w');
  const result = spawnSync(program, args, {
    cwd,
    env: environment,
    stdio: ['ignore', transcript, transcript],
  });
  closeSync(transcript);
  if (result.error) throw result.error;
  const output = readFileSync(join(folder, 'transcript'), 'utf8').trimEnd();
  if (output !== '')
    process.stdout.write(`${output.replace(/^(.*)$/gm, (_, line) => `   │ ${line}`.trimEnd())}\n`);
  const passed = result.status === 0;
  if (passed !== (expectation.end === 'passes'))
    throw new Error(
      `"${shown}" was to end otherwise: it ${expectation.end}, says the script, and exited with ${result.status}`,
    );
  for (const text of expectation.says ?? [])
    if (!output.includes(text)) throw new Error(`"${shown}" was to say ${JSON.stringify(text)}`);
  return output;
}

const git = (args, expectation) => step(`git ${args.map(word).join(' ')}`, 'git', args, expectation);
const lintel = (args, expectation) =>
  step(`npx --no-install lintel ${args.map(word).join(' ')}`, process.execPath, [cli, ...args], expectation);

function word(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text}'`;
}

/** A command that the story doesn't need to show. */
function quietly(program, args, cwd = repository) {
  const result = spawnSync(program, args, { cwd, env: environment, encoding: 'utf8' });
  if (result.status !== 0)
    throw new Error(`${program} ${args.join(' ')} failed:\n${result.stdout}${result.stderr}`);
  return result.stdout.trim();
}

/** Lays one of the example's changes over the tree, as an editor would, and stages it. */
function edit(change) {
  cpSync(join(example, 'changes', change), repository, { recursive: true });
  quietly('git', ['add', '--all']);
}

function expect(condition, text) {
  if (!condition) throw new Error(text);
}

function set() {
  quietly('git', ['init', '--quiet', '--bare', remote], folder);
  mkdirSync(repository);
  cpSync(example, repository, { recursive: true, filter: source => relative(example, source) !== 'changes' });
  quietly('git', ['init', '--quiet']);
  // What `npm install --save-dev lintel` leaves behind.
  mkdirSync(join(repository, 'node_modules'));
  symlinkSync(checkout, join(repository, 'node_modules/lintel'));
  writeFileSync(join(repository, '.gitignore'), 'node_modules/\n');
  quietly('git', ['add', '--all']);
  quietly('git', ['commit', '--quiet', '--message', 'The lending library, with its decisions']);
  quietly('git', ['remote', 'add', 'origin', remote]);
  quietly('git', ['push', '--quiet', '--set-upstream', 'origin', 'main']);
  quietly('git', ['remote', 'set-head', 'origin', 'main']);
}

/** Ids of the findings of what is staged, as a script would get them. */
function findings() {
  const { stdout } = spawnSync(process.execPath, [cli, 'check', '--staged', '--format', 'json'], {
    cwd: repository,
    env: environment,
    encoding: 'utf8',
  });
  return JSON.parse(stdout).findings.map(finding => finding.id);
}

function play() {
  set();
  process.stdout.write('A lending library: a page, an HTTP API, a database, and five accepted decisions.\n');

  heading(1, 'Install the hooks', 'git init and npm install are done; this writes the hooks.');
  lintel(['init', '--yes', '--hooks', 'git'], { end: 'passes' });
  quietly('git', ['add', '--all']);
  git(['commit', '--quiet', '--message', 'Let lintel judge commits'], { end: 'passes' });

  heading(2, 'A commit is blocked', 'The page calls a service of the server. ADR-0002 says it must not.');
  edit('violating/page-calls-a-service');
  git(['commit', '--quiet', '--message', 'Show the catalogue faster'], {
    end: 'blocks',
    says: ['ADR-0002', 'src/ui/book-list.ts:1', 'page-off-the-server', 'lintel: blocked'],
  });

  heading(3, 'The commit is mended', 'The page asks the API client instead, as the decision says.');
  edit('conforming/page-shows-authors');
  git(['commit', '--message', 'Show authors'], { end: 'passes' });

  heading(
    4,
    'An exception is waived',
    'The shortcut is needed for one week. The waiver says so, and is committed with it.',
  );
  edit('violating/page-calls-a-service');
  git(['commit', '--quiet', '--message', 'Show the catalogue on the fair'], {
    end: 'blocks',
    says: ['lintel waive'],
  });
  lintel(['waive', ...findings(), '--reason', 'Book fair: no HTTP in the hall', '--days', '7'], {
    end: 'passes',
  });
  git(['commit', '--message', 'Show the catalogue on the fair'], {
    end: 'passes',
    says: ['waived', 'no HTTP in the hall'],
  });
  lintel(['waivers'], { end: 'passes', says: ['no HTTP in the hall'] });
  git(['push', '--quiet'], { end: 'passes' });

  heading(
    5,
    'A hook is bypassed, and the push finds it',
    '--no-verify leaves no receipt. The push judges what the remote lacks.',
  );
  const before = quietly('git', ['rev-parse', 'main'], remote);
  edit('violating/route-skips-the-service');
  git(['commit', '--quiet', '--no-verify', '--message', 'Members, quickly'], { end: 'passes' });
  lintel(['log'], { end: 'passes', says: ['unjudged', 'Members, quickly'] });
  git(['push'], { end: 'blocks', says: ['ADR-0003', 'Members, quickly', 'blocked'] });
  expect(quietly('git', ['rev-parse', 'main'], remote) === before, 'the remote must not have moved');
  git(['reset', '--quiet', '--hard', 'HEAD~1'], { end: 'passes' });
  git(['push'], { end: 'passes' });
}

if (!existsSync(cli)) {
  process.stderr.write('dist/cli.js is missing. Mend: npm run build\n');
  process.exit(2);
}
try {
  play();
  process.stdout.write(`\n${paint('1', 'That was all.')} README.md explains what you saw.\n`);
} catch (error) {
  process.stderr.write(`\nThe demo went wrong: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
