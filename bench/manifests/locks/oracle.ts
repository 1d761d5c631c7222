import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ManifestError } from '../../../src/facts/manifests/format.js';
import { listBlobs, readBlobs } from '../../oracle/blobs.js';
import type { Facts, ReadFile } from '../comparison.js';

/** A package manager's own code for one format. */
export interface Oracle {
  readonly format: string;
  /** For the table. */
  readonly label: string;
  readonly name: string;
  reads(text: string): boolean;
  compare(
    repo: string,
    file: ReadFile,
  ): Promise<{ readonly ours: Facts | ManifestError; readonly theirs: Facts | string }>;
}

/** Where the package managers are installed. @throws Error when it is not said */
export function oracleFolder(): string {
  const folder = process.env.LINTEL_ORACLES;
  if (folder === undefined) throw new Error('say where the oracles are installed: LINTEL_ORACLES=DIR');
  return folder;
}

/** A package that is installed there, as whatever it exports: only what the caller names is used of it. */
export function oraclePackage<T>(name: string, within = ''): T {
  return createRequire(join(oracleFolder(), within, 'package.json'))(name) as T;
}

/** Runs an action in a folder with the files of HEAD that a pattern fits; it is removed afterwards. */
export function withTree<T>(repo: string, fits: (path: string) => boolean, action: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-locks-'));
  try {
    const blobs = listBlobs(repo, 'HEAD').filter(({ path }) => fits(path));
    for (const [{ path }, text] of readBlobs(repo, blobs)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Each once, in order, as one text. */
export function sorted(items: Iterable<string>): string {
  return [...new Set(items)].sort().join(' ');
}
