import type { CompilerConfig, ResolverContext } from './context.js';
import { below, join, relativeTo } from './paths.js';

/** Folders that hold what a build makes, by custom. */
const OUTPUT =
  /^(?:dist|lib|build|out|es|esm|cjs|umd|mjs|output|types|typings|dist-.*|lib-.*|_?(?:es|esm|cjs|types))$/;
const OUTPUT_EXTENSION = /(?:\.d)?\.(?:[mc]?[jt]s|[jt]sx)$/;

/**
 * The sources that a build output may come from: the judged tree rarely holds `dist/`. By the `outDir` and
 * `rootDir` of the package's configuration first, then by custom (`lib/common/x.js` from `src/common/x`).
 * Without extensions.
 */
export function outputSources(
  context: ResolverContext,
  folder: string,
  config: CompilerConfig | undefined,
  path: string,
): readonly string[] {
  const stem = path.replace(OUTPUT_EXTENSION, '');
  const found: string[] = [];
  const add = (base: string | null, rest: string): void => {
    const source = base === null ? null : join(base, rest);
    if (source !== null && relativeTo(folder, source) !== null) found.push(source);
  };
  const configs = config === undefined ? [] : [config, ...referenced(context, config)];
  for (const { outDirs, rootDir } of configs)
    for (const outDir of outDirs ?? []) {
      const rest = outDir === folder ? null : relativeTo(outDir, stem);
      if (rest === null) continue;
      if (rootDir !== undefined) add(rootDir, rest);
      add(below(folder, 'src'), rest);
      add(folder, rest);
    }
  let rest = relativeTo(folder, stem)?.split('/') ?? [];
  while (rest.length > 1 && OUTPUT.test(rest[0] ?? '')) {
    rest = rest.slice(1);
    add(below(folder, 'src'), rest.join('/'));
    add(folder, rest.join('/'));
  }
  return [...new Set(found)];
}

/** Configurations that one refers to, and that those refer to in turn. */
function referenced(context: ResolverContext, config: CompilerConfig): readonly CompilerConfig[] {
  const queue = [...(config.references ?? [])];
  for (const at of queue)
    for (const next of context.configs[at]?.references ?? []) if (!queue.includes(next)) queue.push(next);
  return queue.flatMap(at => context.configs[at] ?? []);
}
