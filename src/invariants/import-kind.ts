import type { RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import { type DeniedEdges, deniedIn, evaluateEdges, governsFile } from './denied-edges.js';
import type { JsonSchema, Kind, RuleCompiler, ScreenedFile } from './kind.js';
import { inAny } from './path-sets.js';
import { indirectViolations } from './transitive.js';
import { withChain } from './transitive-chain.js';
import { transitiveGate } from './transitive-gate.js';
import { unusedInRule } from './unused-places.js';

interface ImportKind {
  readonly name: string;
  readonly summary: string;
  readonly schema: JsonSchema;
  compile(options: Json, compiler: RuleCompiler): DeniedEdges;
}

/** Every kind of rule about imports: they differ only in what they compile to. */
export function importKind({ name, summary, schema, compile }: ImportKind): Kind<DeniedEdges> {
  return {
    name,
    summary,
    schema,
    reads: 'imports',
    readsOf: rule => (rule.transitive === true ? 'graph' : 'imports'),
    modeOf: () => 'state',
    compile,
    governs: (rule, path) => governsFile(rule, path) || mayLink(rule, path),
    // A file's imports are its own; what an added or deleted file does to them is re-resolution, the judge's business.
    reaches: () => false,
    evaluate: evaluateEdges,
    evaluateGraph: (rule, facts, leftOut) => indirectViolations(rule, facts.graph(), leftOut),
    explain: (rule, facts, violation, leftOut) =>
      rule.transitive === true ? withChain(rule, facts.graph(), violation, leftOut) : violation,
    unused: unusedInRule,
    screen,
    gate: rule => (rule.transitive === true ? transitiveGate : null),
  };
}

/** Could the file be a link of a chain? What can't be read there hides a chain. */
function mayLink({ transitive, via = [] }: DeniedEdges, path: RepoPath): boolean {
  return transitive === true && !inAny(via, path);
}

/** Of direct imports; of chains the gate speaks. */
function screen(rule: DeniedEdges, file: ScreenedFile): 'clear' | 'candidate' {
  if (file.status === 'delete') return 'clear';
  if (!governsFile(rule, file.path)) return 'clear';
  if (!file.regular) return 'candidate';
  const edges = file.newEdges();
  if (edges === null) return 'candidate';
  const denied = deniedIn(rule, file.path);
  return edges.some(edge => denied(edge) !== null) ? 'candidate' : 'clear';
}
