// What a full check with one `forbid-code` rule costs on a large tree: time, and the most memory held.
//
//     node --import tsx bench/code.ts REPOSITORY [FOLDER]
//
// REPOSITORY: any git directory with TypeScript in FOLDER (default src/vs), such as a clone of VS Code. It is only
// read: the judged repository is a temporary one that borrows its objects. Each rule is run three times on the
// built package (dist/); figures are the medians.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [source, folder = 'src/vs'] = process.argv.slice(2);
if (source === undefined) throw new Error('usage: node --import tsx bench/code.ts REPOSITORY [FOLDER]');
const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

const RULES: Readonly<Record<string, string>> = {
  'a pattern (files without its words are not parsed)': '"console.log($$$)"',
  'a rule without words (every file is parsed)': '{ kind: non_null_expression, inside: { kind: arguments } }',
};

const directory = mkdtempSync(path.join(tmpdir(), 'lintel-bench-code-'));
const git = (args: readonly string[], input?: string): string =>
  execFileSync('git', args, { cwd: directory, encoding: 'utf8', input, maxBuffer: 1 << 30 }).trim();

function commit(rule: string): void {
  const decision = `---\nstatus: accepted\ninvariants:\n  - id: x\n    forbid-code: { in: "**", language: typescript, rule: ${rule} }\n---\n# A\n`;
  const blob = git(['hash-object', '-w', '--stdin'], decision);
  git(['update-index', '--add', '--cacheinfo', `100644,${blob},.architecture/decisions/0001-a.md`]);
  const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com'];
  const made = git([...identity, 'commit-tree', '-m', 'bench', git(['write-tree', '--missing-ok'])]);
  git(['update-ref', 'HEAD', made]);
}

/** Printed by the process itself as it exits: /proc knows the most memory it ever held. */
const PROBE = `process.on('exit', () => {
  const held = /VmHWM:\\s+(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'utf8'));
  process.stderr.write('PROBE ' + JSON.stringify({ mb: Math.round(Number(held[1]) / 1024), s: process.uptime(),
    cpu: process.cpuUsage().user / 1e6 }) + '\\n');
});`;

interface Figures {
  readonly mb: number;
  readonly s: number;
  readonly cpu: number;
}

function check(): Figures & { readonly findings: number } {
  const probe = path.join(directory, '.git/probe.cjs');
  writeFileSync(probe, PROBE);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', probe, CLI, 'check', '--all', '--format', 'json'],
    {
      cwd: directory,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    },
  );
  const figures = JSON.parse(/^PROBE (.*)$/m.exec(stderr)?.[1] ?? 'null') as Figures | null;
  if (figures === null) throw new Error(`the check did not end well:\n${stderr}`);
  const verdict = JSON.parse(stdout) as {
    readonly findings: readonly unknown[];
    readonly errors: readonly unknown[];
  };
  if (verdict.errors.length > 0) throw new Error(JSON.stringify(verdict.errors));
  return { ...figures, findings: verdict.findings.length };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

try {
  git(['init', '-q']);
  const objects = execFileSync(
    'git',
    ['-C', source, 'rev-parse', '--path-format=absolute', '--git-path', 'objects'],
    {
      encoding: 'utf8',
    },
  );
  writeFileSync(path.join(directory, '.git/objects/info/alternates'), objects);
  const tree = execFileSync('git', ['-C', source, 'rev-parse', `HEAD:${folder}`], {
    encoding: 'utf8',
  }).trim();
  git(['read-tree', `--prefix=${folder}/`, tree]);
  const files = git(['ls-files'])
    .split('\n')
    .filter(file => /\.[cm]?tsx?$/.test(file)).length;
  console.log(`${files} TypeScript files below ${folder}; node ${process.version}`);
  for (const [name, rule] of Object.entries(RULES)) {
    commit(rule);
    const runs = [check(), check(), check()];
    const of = (key: keyof Figures): number => median(runs.map(run => run[key]));
    const peak = Math.max(...runs.map(run => run.mb));
    console.log(
      `${name}: ${of('s').toFixed(1)} s (${of('cpu').toFixed(1)} s of CPU), at most ${peak} MB, ${runs[0]?.findings} findings`,
    );
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
