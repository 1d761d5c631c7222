import { createRequire } from 'node:module';
import type * as Oxc from 'oxc-parser';
import { requireHere } from '../../require-here.js';

type Parser = Pick<typeof Oxc, 'parseSync'>;
let loaded: Parser | null = null;

/**
 * The native parser, loaded at its first use. It stays outside every bundle, and a static import would cost
 * each commit 14 ms.
 */
export function oxc(): Parser {
  loaded ??= load();
  return loaded;
}

function load(): Parser {
  const load = requireHere();
  return binding(load) ?? (load('oxc-parser') as Parser);
}

/** What the native module itself gives: the tree as JSON, with notes on literals that JSON can't hold. */
interface Binding {
  parseSync(
    path: string,
    text: string,
    options?: Oxc.ParserOptions,
  ): { program: unknown; errors: Oxc.OxcError[] };
}

/** Literal names, so that what is loaded can be read here. On other platforms the package itself is loaded. */
const BINDINGS: Readonly<Record<string, readonly ((load: NodeJS.Require) => unknown)[]>> = {
  'linux-x64': [
    load => load('@oxc-parser/binding-linux-x64-gnu'),
    load => load('@oxc-parser/binding-linux-x64-musl'),
  ],
  'linux-arm64': [
    load => load('@oxc-parser/binding-linux-arm64-gnu'),
    load => load('@oxc-parser/binding-linux-arm64-musl'),
  ],
  'darwin-x64': [load => load('@oxc-parser/binding-darwin-x64')],
  'darwin-arm64': [load => load('@oxc-parser/binding-darwin-arm64')],
  'win32-x64': [load => load('@oxc-parser/binding-win32-x64-msvc')],
  'win32-arm64': [load => load('@oxc-parser/binding-win32-arm64-msvc')],
};

/**
 * The native module behind oxc-parser (pinned to one version), without the package's own ES modules: 2 ms to
 * load in place of 12. Literals keep no value that JSON lacks, which no import has.
 * @returns `null` where it isn't installed under a usual name: the package itself says so, if it is nowhere
 */
function binding(load: NodeJS.Require): Parser | null {
  for (const candidate of BINDINGS[`${process.platform}-${process.arch}`] ?? []) {
    let native: Binding;
    try {
      native = candidate(createRequire(load.resolve('oxc-parser/package.json'))) as Binding;
    } catch {
      // The other C library's, or not installed.
      continue;
    }
    if (typeof native.parseSync !== 'function') return null;
    const parse = (path: string, text: string, options?: Oxc.ParserOptions | null): Oxc.ParseResult => {
      const { program, errors } = native.parseSync(path, text, options ?? {});
      if (typeof program !== 'string') {
        throw new Error('oxc-parser answers in a way that lintel does not know: install lintel again');
      }
      const { node } = JSON.parse(program) as { node: Oxc.ParseResult['program'] };
      return { program: node, errors } as Oxc.ParseResult;
    };
    return { parseSync: parse };
  }
  return null;
}
