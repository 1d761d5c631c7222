import type { Json } from '../model/canonical.js';
import { EDGE_KINDS, type EdgeKind } from '../model/edges.js';
import type { Place } from './denials.js';
import { filePlaces } from './import-options.js';
import type { JsonSchema, RuleCompiler } from './kind.js';
import { compilePaths, type PathSets } from './path-sets.js';

/** What a rule about the shape of the graph looks at: files, their folders, or components. */
type Level = 'file' | 'folder' | 'component';

export type LevelRule = {
  readonly level: Level;
  readonly kinds: readonly EdgeKind[];
  /** The files that count; absent: all. */
  readonly in?: PathSets;
  /** At the level of components: each is one, or one for each binding of its captures. */
  readonly members?: readonly Place[];
};

export type LevelOptions = {
  readonly in?: Json;
  readonly level?: Level;
  readonly kinds?: readonly EdgeKind[];
};

/** What exists when the code runs: neither erased by the compiler nor only in test builds. */
const AT_RUN_TIME: readonly EdgeKind[] = EDGE_KINDS.filter(kind => kind !== 'type' && kind !== 'test');

export const LEVEL_OPTIONS: { readonly [key: string]: JsonSchema } = {
  level: {
    description:
      '`file` (default); `folder`: each with the files directly in it; `component`: those of `in`, or of the configuration.',
    enum: ['file', 'folder', 'component'],
  },
  kinds: {
    description: 'Only imports of these kinds; if left out, all but `type` (erased) and `test`.',
    type: 'array',
    items: { enum: EDGE_KINDS },
    minItems: 1,
    uniqueItems: true,
  },
};

export function compileLevel(options: LevelOptions, compiler: RuleCompiler): LevelRule {
  const { in: inside, level = 'file', kinds = AT_RUN_TIME } = options;
  if (level !== 'component')
    return { level, kinds, ...(inside === undefined ? {} : { in: compilePaths(inside, 'in', compiler) }) };
  const members =
    inside === undefined
      ? compiler.components().map(({ name, paths }) => ({ label: name, set: { paths } }))
      : filePlaces(inside, 'in', compiler);
  if (members.length === 0)
    compiler.fail(
      'the configuration defines no components',
      'level',
      'define `components`, or list paths in `in`: each is a component of its own',
    );
  return { level, kinds, members };
}
