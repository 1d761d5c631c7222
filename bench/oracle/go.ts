import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { go } from '../../src/facts/imports/go.js';
import { compareWith } from './external.js';
import type { OracleResult } from './result.js';

/** The oracle is the Go project's own `go/parser`; needs a Go toolchain (Debian: golang-go). */
export async function compare(repo: string): Promise<OracleResult> {
  const command = join(mkdtempSync(join(tmpdir(), 'lintel-oracle-go-')), 'oracle');
  const source = fileURLToPath(new URL('go/main.go', import.meta.url));
  const build = spawnSync('go', ['build', '-o', command, source], { stdio: 'inherit' });
  if (build.status !== 0) throw new Error('the oracle can’t be built');
  return compareWith(repo, go, { command, args: [] });
}
