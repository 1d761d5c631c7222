import { fileURLToPath } from 'node:url';
import { ruby } from '../../src/facts/imports/ruby.js';
import { compareWith } from './external.js';
import type { OracleResult } from './result.js';

/** Ripper, the parser that ships with Ruby (Debian's package `ruby`). Syntax newer than that Ruby is told as unread. */
export function compare(repo: string): Promise<OracleResult> {
  const script = fileURLToPath(new URL('./ruby/imports.rb', import.meta.url));
  return compareWith(repo, ruby, { command: 'ruby', args: [script] });
}
