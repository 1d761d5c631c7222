import assert from 'node:assert/strict';
import type { CompiledInvariant, CompiledPolicy, Problem } from '../../src/model/decision.js';
import { loadPolicy } from '../../src/policy/index.js';
import { createTree, type Tree } from './create-tree.js';

export const CONFIG = '.architecture/config.yaml';
export const DECISION = '.architecture/decisions/0001-first.md';

/** `path:line:column severity: message (hint)`, one line a problem. */
export function printed(problems: readonly Problem[]): readonly string[] {
  return problems.map(
    ({ path, line, column, severity, message, hint }) =>
      `${path}:${line}:${column} ${severity}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );
}

/** The compiled policy of a tree that has one; a tree with errors fails the test with their text. */
export async function policyOf(tree: Tree): Promise<CompiledPolicy> {
  return (await outcomeOf(tree)).policy;
}

export async function outcomeOf(
  tree: Tree,
): Promise<{ readonly policy: CompiledPolicy; readonly proposed: readonly CompiledInvariant[] }> {
  const outcome = await loadPolicy(createTree(tree));
  if (outcome.kind === 'policy') return outcome;
  assert.fail(outcome.kind === 'none' ? 'no policy' : printed(outcome.problems).join('\n'));
}

/** Everything that is wrong with a tree whose policy does not compile. */
export async function problemsOf(tree: Tree): Promise<readonly string[]> {
  const outcome = await loadPolicy(createTree(tree));
  assert.equal(outcome.kind, 'invalid');
  return outcome.kind === 'invalid' ? printed(outcome.problems) : [];
}

/** One accepted decision with these invariants, each a YAML item (without the leading `- `). */
export function decision(...invariants: readonly string[]): string {
  const items = invariants.map(text => `  - ${text.replaceAll('\n', '\n    ')}`);
  return ['---', 'status: accepted', 'invariants:', ...items, '---', '# A decision', ''].join('\n');
}
