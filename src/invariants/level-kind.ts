import type { ImportGraph } from '../facts/graph/import-graph.js';
import type { TreeFacts } from '../facts/tree-facts.js';
import type { RepoPath } from '../model/brand.js';
import { someBaseLacks } from './blame.js';
import { endsOf } from './group-edges.js';
import type { Kind, LeftOut, ScreenedFile, Violation } from './kind.js';
import { layoutOf } from './layout.js';
import { compileLevel, LEVEL_OPTIONS, type LevelOptions, type LevelRule } from './level.js';
import { inAny } from './path-sets.js';
import { emptyPlaces } from './unused-places.js';

interface LevelKind extends Pick<Kind<LevelRule>, 'name' | 'summary' | 'screen' | 'gate'> {
  /** What the option `in` is, in words. */
  readonly within: string;
  /** Must `in` be given? */
  readonly isWithinRequired: boolean;
  /** Follows the group that is imported in a violation's subject. */
  readonly mark: string;
  /** Each is an import of one group by another. */
  violations(rule: LevelRule, graph: ImportGraph, leftOut: LeftOut): readonly Violation[];
  explain(rule: LevelRule, graph: ImportGraph, violation: Violation, leftOut: LeftOut): Violation;
}

/** Every kind of rule about the shape of the graph: a change answers for the imports that it brings in. */
export function levelKind(kind: LevelKind): Kind<LevelRule> {
  const { name, summary, within, isWithinRequired, mark, screen, gate } = kind;
  return {
    name,
    summary,
    schema: {
      type: 'object',
      properties: { in: { $ref: '#/$defs/refs', description: within }, ...LEVEL_OPTIONS },
      ...(isWithinRequired ? { required: ['in'] } : {}),
      additionalProperties: false,
    },
    reads: 'graph',
    modeOf: () => 'state',
    compile: (options, compiler) => compileLevel(options as LevelOptions, compiler),
    governs: inLevel,
    reaches: () => false,
    evaluate: (rule, facts, _scope, leftOut) => kind.violations(rule, facts.graph(), leftOut),
    explain: (rule, facts, violation, leftOut) => kind.explain(rule, facts.graph(), violation, leftOut),
    blames(rule, head, violation, bases, leftOut) {
      const layout = layoutOf(rule, head.graph(), leftOut);
      return someBaseLacks(rule, head, endsOf(rule, layout, violation, mark), bases, leftOut);
    },
    unused: unusedLevel,
    screen,
    ...(gate === undefined ? {} : { gate }),
  };
}

/** Does the file count for the rule? */
function inLevel(rule: LevelRule, path: RepoPath): boolean {
  const { members } = rule;
  if (members !== undefined)
    return members.some(({ set }) => set.paths !== undefined && inAny([set.paths], path));
  return rule.in === undefined || inAny(rule.in, path);
}

/** Only a new edge can break a rule about the shape of the graph, and an edge is the importing file's own. */
export function screenEdges(rule: LevelRule, file: ScreenedFile): 'clear' | 'candidate' {
  if (file.status === 'delete' || !inLevel(rule, file.path)) return 'clear';
  if (!file.regular) return 'candidate';
  const edges = file.newEdges();
  return edges === null || edges.length > 0 ? 'candidate' : 'clear';
}

function unusedLevel(rule: LevelRule, facts: TreeFacts): readonly string[] {
  if (rule.members !== undefined) return emptyPlaces(rule.members, facts);
  const { in: inside = [] } = rule;
  return emptyPlaces(
    inside.map(paths => ({ label: paths.include.map(({ glob }) => glob).join(', '), set: { paths } })),
    facts,
  );
}
