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

/**
 * The native module behind oxc-parser (pinned to one version), without the package's own ES modules: 2 ms to
 * load in place of 12. Literals keep no value that JSON lacks, which no import has.
 * @returns `null` where it isn't found under a usual name, or doesn't answer as expected
 */
function binding(load: NodeJS.Require): Parser | null {
  const names = ['', '-gnu', '-musl', '-msvc'].map(
    abi => `@oxc-parser/binding-${process.platform}-${process.arch}${abi}`,
  );
  for (const name of names) {
    let native: Binding;
    try {
      native = createRequire(load.resolve('oxc-parser/package.json'))(name) as Binding;
    } catch {
      // Not this platform's, or not installed: the package itself says so, if none is.
      continue;
    }
    if (typeof native.parseSync !== 'function') return null;
    const parse = (path: string, text: string, options?: Oxc.ParserOptions | null): Oxc.ParseResult => {
      const { program, errors } = native.parseSync(path, text, options ?? {});
      if (typeof program !== 'string') throw new Error(`${name} answers in a way that lintel does not know`);
      const { node } = JSON.parse(program) as { node: Oxc.ParseResult['program'] };
      return { program: node, errors } as Oxc.ParseResult;
    };
    return { parseSync: parse };
  }
  return null;
}
