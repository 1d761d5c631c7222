import { fileURLToPath } from 'node:url';
import { php } from '../../src/facts/imports/php.js';
import { compareWith } from './external.js';
import type { OracleResult } from './result.js';

/** The oracle is PHP's own parser, by the extension `ast`; needs both (Debian: php-cli, php-ast). */
export async function compare(repo: string): Promise<OracleResult> {
  const script = fileURLToPath(new URL('php/imports.php', import.meta.url));
  const args = ['-d', 'short_open_tag=0', '-d', 'memory_limit=2G', '-d', 'error_reporting=0', script];
  return compareWith(repo, php, { command: 'php', args });
}
