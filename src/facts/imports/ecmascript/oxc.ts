import { createRequire } from 'node:module';
import type * as Oxc from 'oxc-parser';

type Parser = Pick<typeof Oxc, 'parseSync'>;
let loaded: Parser | null = null;

/**
 * The native parser, loaded at its first use. It stays outside every bundle, and a static import would cost
 * each commit 14 ms.
 *
 * `require` exists in the CommonJS bundle by nature and in the ESM bundles by their banner. Sources run
 * unbundled have none: there the program's entry file lies in this project. (`import.meta` is not available to
 * a file that is also bundled as CommonJS.)
 */
export function oxc(): Parser {
  loaded ??= load();
  return loaded;
}

function load(): Parser {
  const load = typeof require === 'function' ? require : createRequire(process.argv[1] ?? process.execPath);
  return load('oxc-parser') as Parser;
}
