import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestRepository } from '../support/repository.js';

/** How one of git's commands goes wrong. `cut` writes that many bytes of its answer and no more. */
export type Fault =
  | { readonly fault: 'fails'; readonly code: number }
  | { readonly fault: 'says nothing' }
  | { readonly fault: 'is killed' }
  | { readonly fault: 'is cut off'; readonly bytes: number; readonly code: number };

export interface FakeGit {
  /** Put in front of PATH, or given as `git --exec-path`, which git puts in front of PATH for its hooks. */
  readonly folder: string;
  readonly binary: string;
  /** From now on this command goes wrong; `null`: all is well. */
  break(command: string | null, fault?: Fault): void;
  /** The commands that were called since the last time. */
  called(): readonly string[];
}

/** A `git` that is the real one but for one command: sh, so that it costs two milliseconds and not forty. */
export function createFakeGit(repo: TestRepository): FakeGit {
  const folder = path.join(repo.folder, 'fake-git');
  mkdirSync(folder, { recursive: true });
  const binary = path.join(folder, 'git');
  const log = path.join(folder, 'called');
  const plan = path.join(folder, 'plan');
  const real = execFileSync('sh', ['-c', `command -v "${process.env['LINTEL_GIT'] ?? 'git'}"`], {
    encoding: 'utf8',
  }).trim();
  writeFileSync(
    binary,
    `#!/bin/sh
unset GIT_EXEC_PATH
command=
skip=
for argument; do
  if [ -n "$skip" ]; then skip=; continue; fi
  case $argument in
  -c | -C) skip=yes ;;
  -*) ;;
  *) command=$argument; break ;;
  esac
done
echo "$command" >>'${log}'
broken= fault= number=0 code=0
[ ! -f '${plan}' ] || read -r broken fault number code <'${plan}'
[ "$command" = "$broken" ] || exec '${real}' "$@"
case $fault in
fails) exit "$code" ;;
says) exit 0 ;;
is-killed) kill -9 $$ ;;
cut)
  # As it comes, and without waiting for the real one's end: who asks cat-file answers by answer would wait for ever.
  exec perl -e 'my ($left, $code, @command) = @ARGV; my $child = open(my $git, "-|", @command) or exit 99;
    while ($left > 0 && sysread($git, my $said, $left)) { syswrite STDOUT, $said; $left -= length $said }
    kill "KILL", $child; exec "sh", "-c", "exit $code"' "$number" "$code" '${real}' "$@"
  ;;
esac
`,
  );
  chmodSync(binary, 0o755);
  return {
    folder,
    binary,
    break(command, fault = { fault: 'fails', code: 1 }) {
      if (command === null) rmSync(plan, { force: true });
      else writeFileSync(plan, `${command} ${planOf(fault)}\n`);
    },
    called() {
      const names = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
      rmSync(log, { force: true });
      return [...new Set(names.filter(name => name !== ''))].sort();
    },
  };
}

function planOf(fault: Fault): string {
  switch (fault.fault) {
    case 'fails':
      return `fails 0 ${fault.code}`;
    case 'says nothing':
      return 'says 0 0';
    case 'is killed':
      return 'is-killed 0 0';
    case 'is cut off':
      return `cut ${fault.bytes} ${fault.code}`;
  }
}

/** `fails (exit 1)`, for the names of tests. */
export function faultName(fault: Fault): string {
  switch (fault.fault) {
    case 'fails':
      return `fails (exit ${fault.code})`;
    case 'is cut off':
      return `is cut off after ${fault.bytes} bytes (exit ${fault.code})`;
    default:
      return fault.fault;
  }
}
