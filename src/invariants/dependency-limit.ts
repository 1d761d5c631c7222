import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import type { DependencyEntry, DependencyFile } from '../model/dependency.js';
import { fileBefore } from './dependency-change.js';
import { chosen, isOurs } from './dependency-entries.js';
import {
  compileSelection,
  depthSchema,
  governsManifest,
  packageRef,
  SELECTION_SCHEMA,
  type Selection,
  type SelectionOptions,
} from './dependency-rule.js';
import { reachesManifests, screenManifest } from './dependency-screen.js';
import type { Kind } from './kind.js';

type Limits = { readonly max?: number; readonly grow?: number };
type Rule = Limits & { readonly selection: Selection };
type Options = Limits & SelectionOptions;

/** Names that a message lists. */
const SHOWN = 10;

/**
 * Projects must not depend on too many packages, nor on many more at once.
 *
 * - `max`: the most packages that a manifest asks for (direct), or that a lock file holds (transitive, any). Measured:
 *   what is over it already must not grow further.
 * - `grow`: the most packages that one change may add to a manifest or lock file. At least one of the two.
 * - `scope`, `in`, `depth`: which dependencies of which projects. Default: all, of all, the direct ones.
 *
 * Each package counts once, whatever its versions. What lies in the repository itself does not count. With `depth: any`
 * a manifest that no lock file settles is counted by what it asks for itself. A moved manifest, or a lock file of
 * another package manager in its place, is compared with what it replaces.
 */
export const dependencyLimit: Kind<Rule> = {
  name: 'dependency-limit',
  summary: 'projects must not depend on too many packages, nor on many more at once',
  schema: {
    type: 'object',
    properties: {
      ...SELECTION_SCHEMA,
      depth: depthSchema('direct'),
      max: {
        description: 'The most packages of one manifest (direct) or lock file (transitive, any).',
        type: 'integer',
        minimum: 0,
      },
      grow: {
        description: 'The most packages that one change may add to a manifest or lock file.',
        type: 'integer',
        minimum: 0,
      },
    },
    anyOf: [{ required: ['max'] }, { required: ['grow'] }],
    additionalProperties: false,
  },
  reads: 'dependencies',
  judgesChangesToo: ({ grow }) => grow !== undefined,
  modeOf: ({ max }) => (max === undefined ? 'change' : 'measured'),
  compile(options, compiler) {
    const { max, grow, ...selection } = options as Options;
    return {
      selection: compileSelection(selection, 'direct', compiler),
      ...(max === undefined ? {} : { max }),
      ...(grow === undefined ? {} : { grow }),
    };
  },
  governs: (rule, path) => governsManifest(rule.selection, path),
  // Any manifest may decide what belongs to another one.
  reaches: (_, path) => reachesManifests(path),
  evaluate({ max, selection }, tree) {
    if (max === undefined) return [];
    return [...counted(tree.dependencies(), selection)].flatMap(([file, packages]) =>
      packages.size <= max
        ? []
        : [
            {
              path: file.path,
              line: null,
              column: null,
              subject: 'max',
              ordinal: 0,
              message: `${file.path} must ${file.role === 'lock' ? 'hold' : 'ask for'} at most ${max} packages, and there are ${packages.size}`,
              measure: packages.size,
            },
          ],
    );
  },
  evaluateChange({ grow, selection }, { base, head, changes }) {
    if (grow === undefined) return [];
    const before = base.dependencies();
    return [...counted(head.dependencies(), selection)].flatMap(([file, packages]) => {
      if (packages.size <= grow) return [];
      const was = fileBefore(before, file, changes);
      const old = new Set(was === null || was === 'unreadable' ? [] : wanted(was).map(packageRef));
      const added = [...packages].filter(([ref]) => !old.has(ref));
      if (added.length <= grow) return [];
      const names = added.map(([ref]) => ref).slice(0, SHOWN);
      const more = added.length > SHOWN ? ` and ${added.length - SHOWN} more` : '';
      const unknown = was === 'unreadable' ? ' (what it held before can’t be read)' : '';
      return [
        {
          path: file.path,
          line: added[0]?.[1].line ?? null,
          column: null,
          subject: 'grow',
          ordinal: 0,
          message: `one change must add at most ${grow} packages to ${file.path} and adds ${added.length}${unknown}: ${names.join(', ')}${more}`,
        },
      ];
    });
  },
  screen: (_, file) => screenManifest(file),
};

function wanted({ entries }: DependencyFile): readonly DependencyEntry[] {
  return entries.filter(({ role }) => role === 'dependency');
}

/** The packages from outside of each file that counts, in the order in which they stand there. */
function counted(
  facts: DependencyFacts,
  selection: Selection,
): ReadonlyMap<DependencyFile, ReadonlyMap<string, DependencyEntry>> {
  const found = new Map<DependencyFile, Map<string, DependencyEntry>>();
  const counts = new Map<DependencyFile, boolean>();
  for (const { file, entry } of chosen(facts, selection)) {
    let isCounted = counts.get(file);
    if (isCounted === undefined) {
      isCounted = countsIn(facts, selection, file);
      counts.set(file, isCounted);
    }
    if (!isCounted || entry.role !== 'dependency' || isOurs(facts, entry)) continue;
    const packages = found.get(file) ?? new Map<string, DependencyEntry>();
    found.set(file, packages);
    const ref = packageRef(entry);
    if (!packages.has(ref)) packages.set(ref, entry);
  }
  return found;
}

function countsIn(facts: DependencyFacts, { depth }: Selection, file: DependencyFile): boolean {
  if (depth === 'direct') return file.role === 'manifest';
  if (file.role === 'lock') return true;
  return depth === 'any' && file.role === 'manifest' && facts.locksOf(file).length === 0;
}
