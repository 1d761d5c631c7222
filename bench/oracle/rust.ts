import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rust } from '../../src/facts/imports/rust.js';
import { compareWith } from './external.js';
import type { OracleResult } from './result.js';

/**
 * The oracle is the `syn` crate's syntax tree; needs cargo, and the crates of oracle/rust/Cargo.toml (by cargo's own
 * configuration where they are not to come from the network).
 */
export async function compare(repo: string): Promise<OracleResult> {
  // Kept, so that syn is compiled once.
  const folder = join(tmpdir(), 'lintel-oracle-rust');
  cpSync(fileURLToPath(new URL('rust', import.meta.url)), folder, { recursive: true });
  const build = spawnSync('cargo', ['build', '--release', '--quiet'], { cwd: folder, stdio: 'inherit' });
  if (build.status !== 0) throw new Error('the oracle can’t be built');
  return compareWith(repo, rust, { command: join(folder, 'target/release/lintel-oracle'), args: [] });
}
