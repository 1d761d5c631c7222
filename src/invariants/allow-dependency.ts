import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import type { DependencyEntry } from '../model/dependency.js';
import { inTargets, type TargetSet } from '../model/edges.js';
import { answersItself, chosen, isOurs, withoutTold } from './dependency-entries.js';
import { entryViolation, gathered, wayTo, whatMustNot } from './dependency-finding.js';
import {
  compileSelection,
  depthSchema,
  governsManifest,
  listedPackages,
  packageRef,
  SELECTION_SCHEMA,
  type Selected,
  type Selection,
  type SelectionOptions,
} from './dependency-rule.js';
import { reachesManifests, screenManifest } from './dependency-screen.js';
import type { Kind, Violation } from './kind.js';
import type { Plain } from './plain.js';

type Rule = { readonly packages: Plain<TargetSet>; readonly selection: Selection };

/**
 * Only the packages of a list may come in: a new one needs a decision.
 *
 * - A package, a list of packages, or:
 * - `packages`: what is allowed.
 * - `scope`, `in`, `depth`: which dependencies of which projects. Default: all, of all, the direct ones.
 *
 * Members of the workspace and folders of the repository pass: they are no packages from outside. A copy below
 * `vendor/` and an archive in the tree are. A name that merely looks like an allowed one is not allowed.
 */
export const allowDependency: Kind<Rule> = {
  name: 'allow-dependency',
  summary: 'only these packages may come in: new ones need a decision',
  schema: {
    anyOf: [
      { $ref: '#/$defs/refs' },
      {
        type: 'object',
        properties: {
          packages: {
            $ref: '#/$defs/refs',
            description: 'The packages that may come in: npm:name, npm:@scope/*, go:module …',
          },
          ...SELECTION_SCHEMA,
          depth: depthSchema('direct'),
        },
        required: ['packages'],
        additionalProperties: false,
      },
    ],
  },
  reads: 'dependencies',
  modeOf: () => 'state',
  compile(options, compiler) {
    const { packages, more } = listedPackages<SelectionOptions>(options, compiler);
    return { packages, selection: compileSelection(more, 'direct', compiler) };
  },
  governs: (rule, path) => governsManifest(rule.selection, path),
  // Any manifest may decide what another one's entry is, and where a package comes from.
  reaches: (_, path) => reachesManifests(path),
  evaluate(rule, tree) {
    const facts = tree.dependencies();
    const foreign = [...fromOutside(rule, facts)].filter(({ entry }) => !isAllowed(rule.packages, entry));
    return gathered(
      withoutTold(facts, foreign, ({ entry }) => packageRef(entry)).map(each => violation(facts, each)),
    );
  },
  unused(rule, tree) {
    const open = new Set(rule.packages.packages ?? []);
    for (const { entry } of fromOutside(rule, tree.dependencies())) {
      for (const pattern of open) if (isAllowed({ packages: [pattern] }, entry)) open.delete(pattern);
      if (open.size === 0) break;
    }
    return [...open].map(({ ref }) => `nothing needs ${ref}: the allowance is not used`);
  },
  screen: (_, file) => screenManifest(file),
};

function* fromOutside({ selection }: Rule, facts: DependencyFacts): IterableIterator<Selected> {
  for (const each of chosen(facts, selection)) {
    const { entry } = each;
    // Another version of what comes anyway; another place is another package.
    if (answersItself(entry) && entry.source.type === 'registry') continue;
    if (!isOurs(facts, entry)) yield each;
  }
}

/** By its own name alone, or by its group's: what looks like it is what the list is there to stop. */
function isAllowed(packages: TargetSet, { ecosystem, name }: DependencyEntry): boolean {
  const aliases = ecosystem === 'maven' ? [name.slice(0, name.indexOf(':'))] : [];
  return inTargets(packages, { type: 'package', ecosystem, name, aliases });
}

function violation(facts: DependencyFacts, each: Selected): Violation {
  const way = wayTo(facts, each.file, each.entry);
  return entryViolation(facts, each, {
    subject: packageRef(each.entry),
    message: `${whatMustNot(each, way)}: it is none of the allowed packages, and new ones need a decision`,
    way,
  });
}
