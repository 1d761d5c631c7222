import { languageOf } from '../facts/imports/registry.js';
import type { TreeFacts } from '../facts/tree-facts.js';
import type { RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import type { DependencyEntry } from '../model/dependency.js';
import type { Edge } from '../model/edges.js';
import { declarations, ecosystemOf, type Undeclared, undeclared, useOf } from './declared-edge.js';
import { IMPORTED_ECOSYSTEMS, type ImportedEcosystem } from './declared-names.js';
import { type DeclaringProject, projectsOf } from './declared-projects.js';
import { edgeViolations } from './denied-edges.js';
import { packageRef } from './dependency-rule.js';
import { reachesManifests, screenDeclared } from './dependency-screen.js';
import { importSubject } from './import-subject.js';
import type { Kind, Violation } from './kind.js';
import { compilePaths, inAny, type PathSets } from './path-sets.js';
import { leavesInScope } from './scope.js';

type Rule = {
  readonly in: PathSets;
  readonly dev?: PathSets;
  readonly unused?: true;
  readonly ecosystems?: readonly ImportedEcosystem[];
};
type Options = {
  readonly in: Json;
  readonly dev?: Json;
  readonly unused?: boolean;
  readonly ecosystems?: readonly ImportedEcosystem[];
};

/**
 * What code imports is declared in the nearest manifest at its folder or above.
 *
 * - `in`: components or paths: the importing files.
 * - `dev`: those of them that are tests, tools and such: they may import development and build dependencies.
 * - `unused`: also name production dependencies that nothing imports; a warning, as scripts and configuration may use
 *   them.
 * - `ecosystems`: only packages of these. Default: all of which imports tell the package.
 *
 * A package that is there only because another one brings it in is not declared; nor is a package of the workspace that
 * the nearest manifest doesn't name. Peer and optional dependencies count as declared, and a package may import itself.
 * Erased imports and test builds may use development dependencies, and `@types/x` declares x for the former. Targets
 * that are computed or that resolve to nothing are `resolvable-imports`' business.
 */
export const declaredImports: Kind<Rule> = {
  name: 'declared-imports',
  summary: 'what code imports is declared in the nearest manifest, for production where it is used there',
  schema: {
    type: 'object',
    properties: {
      in: { $ref: '#/$defs/refs', description: 'The importing files: components or paths.' },
      dev: {
        $ref: '#/$defs/refs',
        description: 'Tests, tools and such: files that may import development dependencies. Default: none.',
      },
      unused: {
        description: 'Also name production dependencies that nothing imports (a warning).',
        type: 'boolean',
      },
      ecosystems: {
        description: 'Only packages of these. Default: all of them.',
        type: 'array',
        items: { enum: [...IMPORTED_ECOSYSTEMS] },
        minItems: 1,
        uniqueItems: true,
      },
    },
    required: ['in'],
    additionalProperties: false,
  },
  reads: 'imports-and-dependencies',
  modeOf: () => 'state',
  compile(options, compiler) {
    const { in: paths, dev, unused, ecosystems } = options as Options;
    return {
      in: compilePaths(paths, 'in', compiler),
      ...(dev === undefined ? {} : { dev: compilePaths(dev, 'dev', compiler) }),
      ...(unused === true ? { unused } : {}),
      ...(ecosystems === undefined ? {} : { ecosystems }),
    };
  },
  governs: (rule, path) => languageOf(path) !== null && inAny(rule.in, path),
  reaches: (_, path) => reachesManifests(path),
  evaluate: (rule, facts, scope) =>
    [...leavesInScope(facts.tree, scope)].flatMap(path =>
      inAny(rule.in, path) ? judge(rule, facts, path) : [],
    ),
  unused: (rule, facts) => (rule.unused === true ? unimported(rule, facts) : []),
  screen: screenDeclared,
};

function judge(rule: Rule, tree: TreeFacts, path: RepoPath): readonly Violation[] {
  const edges = tree.imports(path);
  if (!edges?.ok) return [];
  const isDev = rule.dev !== undefined && inAny(rule.dev, path);
  const found = new Map<string, Undeclared>();
  const violations = edgeViolations(path, edges.value, edge => {
    const subject = importSubject(edge);
    const known = found.get(subject);
    const wrong = isJudged(rule, edge, path, tree)
      ? undeclared(tree.dependencies(), path, edge, isDev)
      : null;
    if (wrong !== null && known === undefined) found.set(subject, wrong);
    return wrong?.message ?? null;
  });
  return violations.map(violation => {
    const chain = found.get(violation.subject)?.chain ?? [];
    return chain.length > 1 ? { ...violation, chain } : violation;
  });
}

function isJudged({ ecosystems }: Rule, edge: Edge, path: RepoPath, tree: TreeFacts): boolean {
  if (ecosystems === undefined) return true;
  const use = useOf(tree.dependencies(), path, edge);
  return use !== null && ecosystems.some(each => each === use.package.ecosystem);
}

/** Production dependencies of governed projects that no file of them imports, as far as it can be seen. */
function unimported(rule: Rule, tree: TreeFacts): readonly string[] {
  const facts = tree.dependencies();
  const used = new Set<DependencyEntry>();
  const governed = new Set<DeclaringProject>();
  for (const path of leavesInScope(tree.tree, 'all')) {
    const edges = tree.imports(path);
    if (!edges?.ok) continue;
    const ecosystem = inAny(rule.in, path) ? ecosystemOf(path) : null;
    const own = ecosystem === null ? null : projectsOf(facts).nearest(ecosystem, path);
    if (own !== null) governed.add(own);
    for (const edge of edges.value) {
      const use = useOf(facts, path, edge);
      if (use === null || use.project === null) continue;
      for (const entry of declarations(use, edge.site.typeOnly)) used.add(entry);
    }
  }
  return [...projectsOf(facts).all()].flatMap(project => {
    const isMeant = governed.has(project) || project.files.some(({ path }) => inAny(rule.in, path));
    if (!isMeant || rule.ecosystems?.some(each => each === project.ecosystem) === false) return [];
    return project.files.flatMap(({ path, entries }) =>
      entries
        .filter(entry => isExpected(entry) && !used.has(entry))
        .map(entry => `${path} declares ${packageRef(entry)} for production, and no import of it is seen`),
    );
  });
}

function isExpected({ role, scope, direct, ecosystem, name }: DependencyEntry): boolean {
  if (role !== 'dependency' || scope !== 'production' || direct === false) return false;
  return ecosystem !== 'npm' || !name.startsWith('@types/');
}
