/**
 * Judges commits of a real repository by the decision set beside this file, each against its first parent,
 * and compares the verdicts with those that were checked by hand:
 *
 *     node --import tsx bench/real/judge.ts --repo PATH --set theia|void [--commits FILE] [--json]
 *
 * The decisions are laid into both sides by synthetic commits in a temporary clone; the repository is only
 * read. With `--commits` (one id a line) the verdicts are printed and nothing is compared. `--all` prints how
 * many findings of each invariant stand at HEAD. Exits with 1 when a verdict differs. Needs dist/.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Verdict } from '../../src/model/verdict.js';
import { PolicyClone } from './synthetic.js';

interface ExpectedFinding {
  readonly invariant: string;
  readonly path: string;
  /** Absent for rules about text, whose subject is the hash of a line. */
  readonly subject?: string;
}

interface ExpectedVerdict {
  readonly commit: string;
  readonly result: Verdict['result'];
  readonly findings: readonly ExpectedFinding[];
  readonly why: string;
}

const { values } = parseArgs({
  options: {
    repo: { type: 'string' },
    set: { type: 'string' },
    commits: { type: 'string' },
    cli: { type: 'string' },
    all: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
if (values.repo === undefined || (values.set !== 'theia' && values.set !== 'void'))
  throw new Error('--repo PATH and --set theia|void are needed');

const folder = join(import.meta.dirname, values.set);
const cli = values.cli ?? join(import.meta.dirname, '../../dist/cli.js');
const clone = new PolicyClone(values.repo, folder);

function check(...args: string[]): Verdict {
  const run = spawnSync(process.execPath, [cli, 'check', ...args, '--format', 'json'], {
    cwd: clone.path,
    env: clone.environment(),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (run.error !== undefined) throw run.error;
  if (!run.stdout.startsWith('{')) throw new Error(`lintel exited with ${run.status}: ${run.stderr}`);
  return JSON.parse(run.stdout) as Verdict;
}

function judged(commit: string): Verdict {
  const base = clone.withPolicy(clone.parent(commit), []);
  return check('--base', base, '--head', clone.withPolicy(commit, [base]));
}

/** `invariant path subject`, the subject only where it says what is imported. */
function lines(findings: readonly ExpectedFinding[]): readonly string[] {
  return findings
    .map(({ invariant, path, subject }) =>
      subject === undefined || subject === '' || subject.startsWith('line:')
        ? `${invariant} ${path}`
        : `${invariant} ${path} → ${subject}`,
    )
    .sort();
}

const introduced = (verdict: Verdict): readonly ExpectedFinding[] =>
  verdict.findings.filter(({ state }) => state === 'introduced');

function report(commit: string, verdict: Verdict): void {
  const found = introduced(verdict);
  console.log(
    `${commit.slice(0, 10)} ${verdict.result}, ${found.length} introduced, ${verdict.standing} standing ` +
      `in the changed files, ${verdict.change.files} files: ${clone.subject(commit)}`,
  );
  for (const line of lines(found)) console.log(`    ${line}`);
  for (const error of verdict.errors) console.log(`    error ${error.code} ${error.path}: ${error.message}`);
}

function compare(): number {
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
    readonly commits: readonly ExpectedVerdict[];
  };
  let wrong = 0;
  for (const { commit, result, findings, why } of expected.commits) {
    const verdict = judged(clone.commit(commit));
    const want = [`result: ${result}`, ...lines(findings)];
    const have = [`result: ${verdict.result}`, ...lines(introduced(verdict))];
    const missing = want.filter(line => !have.includes(line));
    const extra = have.filter(line => !want.includes(line));
    // Several equal lines are several findings.
    const same = want.join('\n') === have.join('\n');
    if (!same) wrong++;
    console.log(`${same ? 'as expected' : 'DIFFERS    '} ${commit.slice(0, 10)} ${result}: ${why}`);
    if (!same && want.length !== have.length)
      console.log(`    ${want.length - 1} findings expected, ${have.length - 1} found`);
    for (const line of missing) console.log(`    expected, not found: ${line}`);
    for (const line of extra) console.log(`    found, not expected: ${line}`);
    for (const error of verdict.errors) console.log(`    error ${error.code}: ${error.message}`);
  }
  console.log(
    `${expected.commits.length - wrong} of ${expected.commits.length} verdicts are as checked by hand`,
  );
  return expected.commits.length === 0 || wrong > 0 ? 1 : 0;
}

function standing(): void {
  // `--all` judges HEAD: the clone's own, under the decisions.
  const head = clone.withPolicy(clone.commit('HEAD'), []);
  clone.detach(head);
  const verdict = check('--all');
  if (values.json) console.log(JSON.stringify(verdict));
  else {
    const count = new Map<string, number>();
    for (const { invariant } of verdict.findings) count.set(invariant, (count.get(invariant) ?? 0) + 1);
    console.log(`${verdict.result}, ${verdict.findings.length} findings stand`);
    for (const [invariant, findings] of [...count].sort()) console.log(`    ${invariant}: ${findings}`);
    for (const error of verdict.errors)
      console.log(`    error ${error.code} ${error.path}: ${error.message}`);
    for (const { message } of verdict.warnings) console.log(`    warning: ${message}`);
  }
}

try {
  if (values.all) standing();
  else if (values.commits === undefined) process.exitCode = compare();
  else
    for (const line of readFileSync(values.commits, 'utf8').split('\n')) {
      const id = line.trim().split(/\s/)[0];
      if (id === undefined || id === '') continue;
      const commit = clone.commit(id);
      const verdict = judged(commit);
      if (values.json) console.log(JSON.stringify({ commit, verdict }));
      else report(commit, verdict);
    }
} finally {
  clone.remove();
}
