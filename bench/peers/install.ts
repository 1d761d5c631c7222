import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment, timed } from '../process.js';

/** Pinned, for figures are of a version. These run on Node 20.20; dependency-cruiser 17 wants TypeScript below 7. */
const PACKAGES = {
  'dependency-cruiser': '17.4.3',
  typescript: '5.9.3',
  eslint: '10.15.0',
  'eslint-plugin-boundaries': '7.2.0',
  '@typescript-eslint/parser': '8.73.0',
  'eslint-import-resolver-typescript': '4.4.5',
  oxlint: '1.94.0',
  madge: '8.0.0',
} as const;

/**
 * Installs the peers into a folder below the temporary one, once; lintel itself depends on none of them.
 * @returns the folder.
 */
export function installPeers(): string {
  const folder = join(tmpdir(), 'lintel-bench', 'peers');
  const manifest = `${JSON.stringify({ private: true, dependencies: PACKAGES }, null, 2)}\n`;
  const file = join(folder, 'package.json');
  if (existsSync(file) && readFileSync(file, 'utf8') === manifest) return folder;
  // Moved into place whole, so that an install that was interrupted is made again.
  const made = `${folder}.new`;
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
  writeFileSync(join(made, 'package.json'), manifest);
  const result = timed({
    file: 'npm',
    args: ['install', '--no-audit', '--no-fund', '--ignore-scripts'],
    cwd: made,
    environment: cleanEnvironment(registryCertificates()),
  });
  if (result.status !== 0) throw new Error(`npm install exited with ${result.status}:\n${result.output}`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(made, folder);
  return folder;
}

/** The clean environment leaves them out, for they slow every start of node. */
function registryCertificates(): Record<string, string> {
  const certificates = process.env['NODE_EXTRA_CA_CERTS'];
  return certificates === undefined ? {} : { NODE_EXTRA_CA_CERTS: certificates };
}

/** As installed, which is as pinned. */
export function versionOf(tools: string, name: keyof typeof PACKAGES): string {
  const manifest = readFileSync(join(tools, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
