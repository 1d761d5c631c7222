import { readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { oracle } from '../oracle/typescript-imports.js';
import type { ImportGraph } from './graph.js';
import type { Pair } from './rules.js';
import { ends } from './rules.js';
import type { Workspace } from './tool.js';

/** How one file imports another, for a reader who wants to know why two tools differ. */
interface Written {
  readonly line: number;
  readonly specifier: string;
  readonly kind: string;
}

export interface Reference {
  readonly graph: ImportGraph;
  /** The places where `from` imports `to` directly. */
  written(of: Pair): readonly Written[];
  /** Files that the compiler could not parse without complaint. */
  readonly unparsed: ReadonlySet<string>;
}

/**
 * The import graph by the TypeScript compiler's syntax tree and its own resolution, over the files on disk. It
 * shares nothing with lintel.
 */
export function reference({ repository, rules, sources }: Workspace): Reference {
  const root = realpathSync(repository.path);
  const resolve = resolver(join(root, rules.tsconfig), root);
  const known = new Set(sources);
  const graph = new Map<string, Map<string, 'run time' | 'type'>>();
  const places = new Map<string, Map<string, Written[]>>();
  const unparsed = new Set<string>();
  for (const path of sources) {
    const text = readFileSync(join(root, path), 'utf8');
    const read = oracle(path, text);
    if (!read.ok || read.problems > 0) unparsed.add(path);
    const targets = new Map<string, 'run time' | 'type'>();
    const here = new Map<string, Written[]>();
    for (const { specifier, kind, typeOnly, at, form } of read.ok ? read.sites : []) {
      if (specifier === null || form === 'reference-types') continue;
      const to = resolve(specifier, path, form === 'reference-path');
      if (to === null || !known.has(to)) continue;
      if (targets.get(to) !== 'run time') targets.set(to, typeOnly ? 'type' : 'run time');
      const line = text.slice(0, at).split('\n').length;
      const shown = typeOnly && kind !== 'type' ? `${kind}, types only` : kind;
      here.set(to, [...(here.get(to) ?? []), { line, specifier, kind: shown }]);
    }
    graph.set(path, targets);
    places.set(path, here);
  }
  const written = (of: Pair): readonly Written[] => {
    const [from, to] = ends(of);
    return places.get(from)?.get(to) ?? [];
  };
  return { graph, written, unparsed };
}

function resolver(
  tsconfig: string,
  root: string,
): (specifier: string, from: string, isPath: boolean) => string | null {
  const config = ts.getParsedCommandLineOfConfigFile(
    tsconfig,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  const options: ts.CompilerOptions = {
    ...config?.options,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
    allowJs: true,
    resolveJsonModule: true,
  };
  const cache = ts.createModuleResolutionCache(root, name => name, options);
  return (specifier, from, isPath) => {
    const asked = isPath && !specifier.startsWith('.') ? `./${specifier}` : specifier;
    const { resolvedModule } = ts.resolveModuleName(asked, join(root, from), options, ts.sys, cache);
    return resolvedModule === undefined ? null : relative(root, resolvedModule.resolvedFileName);
  };
}
