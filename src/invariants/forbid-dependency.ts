import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import type { TargetSet } from '../model/edges.js';
import { answersItself, withoutTold } from './dependency-entries.js';
import { entryViolation, gathered, wayTo, whatMustNot } from './dependency-finding.js';
import {
  compileSelection,
  depthSchema,
  governsManifest,
  isNamed,
  listedPackages,
  packageRef,
  SELECTION_SCHEMA,
  type Selected,
  type Selection,
  type SelectionOptions,
  selected,
} from './dependency-rule.js';
import { reachesOrCopies, screenOrCopy } from './dependency-screen.js';
import type { Kind, Violation } from './kind.js';
import type { Plain } from './plain.js';
import { writtenRange } from './written-range.js';

type Rule = {
  readonly packages: Plain<TargetSet>;
  readonly selection: Selection;
  readonly range?: string;
  readonly blobs?: readonly string[];
};
type Options = SelectionOptions & { readonly range?: string; readonly blobs?: readonly string[] };

const BLOB = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * Packages that must not come in, by manifest, lock file, redirect or copy.
 *
 * - A package, a list of packages, or:
 * - `packages`: what is forbidden.
 * - `range`: only versions in it. A manifest's range is forbidden if it admits one, unless a lock file settles another.
 * - `scope`, `in`, `depth`: which dependencies of which projects. Default: all, of all, direct and transitive.
 * - `blobs`: ids of git blobs: known files of the package, wherever they lie (`git hash-object FILE`).
 */
export const forbidDependency: Kind<Rule> = {
  name: 'forbid-dependency',
  summary: 'packages that must not come in, in manifest or lock file',
  schema: {
    anyOf: [
      { $ref: '#/$defs/refs' },
      {
        type: 'object',
        properties: {
          packages: { $ref: '#/$defs/refs', description: 'The packages: npm:name, pypi:name, go:module …' },
          range: {
            description: 'Only these versions, in the ecosystem’s own range syntax: "<4.17.21".',
            type: 'string',
            minLength: 1,
          },
          ...SELECTION_SCHEMA,
          depth: depthSchema('any'),
          blobs: {
            description:
              'Ids of git blobs: files of the package that must not lie in the tree under any name.',
            type: 'array',
            items: { type: 'string', pattern: BLOB.source },
            minItems: 1,
          },
        },
        required: ['packages'],
        additionalProperties: false,
      },
    ],
  },
  reads: 'dependencies',
  modeOf: () => 'state',
  compile(options, compiler) {
    const { packages, more } = listedPackages<Options>(options, compiler);
    const { range, blobs, ...selection } = more;
    return {
      packages,
      selection: compileSelection(selection, 'any', compiler),
      ...(range === undefined ? {} : { range }),
      ...(blobs === undefined ? {} : { blobs }),
    };
  },
  governs: (rule, path) => governsManifest(rule.selection, path),
  // Any manifest may decide what another one's entry is, and where a package comes from.
  reaches: reachesOrCopies,
  evaluate(rule, tree) {
    const facts = tree.dependencies();
    const named: Selected[] = [];
    for (const each of selected(facts, rule.selection))
      if (isNamed(rule.packages, each.entry) && isForbidden(rule, facts, each)) named.push(each);
    const violations = withoutTold(facts, named, ({ entry }) => packageRef(entry)).map(each =>
      violation(rule, facts, each),
    );
    return gathered([...violations, ...copies(rule, tree.tree)]);
  },
  screen: screenOrCopy,
};

function isForbidden(rule: Rule, facts: DependencyFacts, { file, entry }: Selected): boolean {
  if (answersItself(entry)) return false;
  const { range } = rule;
  if (range === undefined) return true;
  const { ecosystem, version } = entry;
  // What can't be compared is not let through.
  if (version !== null) return facts.satisfies(ecosystem, version, range) ?? true;
  if (file.role !== 'manifest') return true;
  const settled = facts
    .locksOf(file)
    .flatMap(lock => lock.entries.filter(each => each.name === entry.name && each.ecosystem === ecosystem));
  if (settled.length > 0) return false;
  const wanted = entry.range === null ? null : writtenRange(ecosystem, entry.range);
  return wanted === null || (facts.intersects(ecosystem, wanted, range) ?? true);
}

function violation(rule: Rule, facts: DependencyFacts, each: Selected): Violation {
  const { file, entry } = each;
  const way = wayTo(facts, file, entry);
  const version = rule.range === undefined ? '' : `@${entry.version ?? entry.range ?? ''}`;
  const which = rule.range === undefined ? '' : `, a version in ${rule.range}`;
  const lock = file.role === 'manifest' ? lockedBy(facts, each) : [];
  return entryViolation(facts, each, {
    subject: `${packageRef(entry)}${version}`,
    message: `${whatMustNot(each, way)}${which}`,
    way,
    hops: lock.length > 0 ? [{ path: file.path, line: entry.line }, ...lock] : [],
  });
}

/** Where the lock file settles what a manifest asks for. */
function lockedBy(facts: DependencyFacts, { file, entry }: Selected): NonNullable<Violation['chain']> {
  for (const lock of facts.locksOf(file)) {
    const settled = lock.entries.find(
      each => each.name === entry.name && each.ecosystem === entry.ecosystem && each.direct !== false,
    );
    if (settled !== undefined) return [{ path: lock.path, line: settled.line }];
  }
  return [];
}

/** Known files of the package, under whatever name they lie in the tree. */
function* copies(
  { blobs, packages }: Rule,
  tree: { entries(): Iterable<{ readonly path: Violation['path']; readonly oid: string }> },
): IterableIterator<Violation> {
  if (blobs === undefined) return;
  const known = new Set(blobs);
  const names = (packages.packages ?? []).map(({ ref }) => ref).join(', ');
  for (const { path, oid } of tree.entries())
    if (known.has(oid))
      yield {
        path,
        line: null,
        column: null,
        subject: `blob:${oid}`,
        ordinal: 0,
        message: `${path} must not be a file of ${names}`,
      };
}
