import type { CodeQuery } from '../facts/code/query.js';
import { lexerOf } from '../facts/text/languages.js';
import type { Fact, FactError, TreeFacts } from '../facts/tree-facts.js';
import type { Kind } from '../invariants/kind.js';
import { readsOf } from '../invariants/registry.js';
import type { RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';

/** Files whose facts can't be had. */
export function errorsOf(
  facts: TreeFacts,
  kind: Kind,
  rule: Json,
  paths: readonly RepoPath[],
): readonly FactError[] {
  const errors: FactError[] = [];
  for (const path of paths) {
    const fact = factOf(facts, kind, rule, path);
    if (fact === null || fact.ok || isNoText(fact.error)) continue;
    errors.push(fact.error);
    // Of no other file can be said more.
    if (isInability(fact.error)) break;
  }
  return errors;
}

function factOf(facts: TreeFacts, kind: Kind, rule: Json, path: RepoPath): Fact<unknown> | null {
  switch (readsOf(kind, rule)) {
    case 'paths':
      return null;
    case 'size':
      return facts.size(path);
    case 'text':
      return facts.text(path);
    case 'imports':
    case 'graph':
    case 'imports-and-dependencies':
      return facts.imports(path);
    // What can't be read of them is told for the whole tree.
    case 'dependencies':
      return null;
    case 'code':
      return facts.code(path, queryOf(kind, rule));
  }
}

export function queryOf(kind: Kind, rule: Json): CodeQuery {
  const query = kind.codeOf?.(rule);
  if (query === undefined) throw new Error(`${kind.name} does not say what code it looks for`);
  return query;
}

/** Not about the file: nothing can be judged by the rule here and now, whatever stands in a base. */
export function isInability({ code }: FactError): boolean {
  return code === 'engine-missing' || code === 'rule-invalid';
}

export function isUnknowable(error: FactError): boolean {
  return error.code === 'missing-object' || isInability(error);
}

/** An image below `src/**` has no lines to judge. A binary file that calls itself source code is another matter. */
export function isNoText({ code, path }: FactError): boolean {
  return code === 'binary' && lexerOf(path) === null;
}
