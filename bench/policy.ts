import { LAYERS } from './source.js';

/** What a policy of twenty invariants needs to know of the repository that it is written for. */
export interface Shape {
  /** Component → glob, high layer to low. */
  readonly layers: Readonly<Record<string, string>>;
  /** Two or more sets of paths that may not import each other. */
  readonly siblings: readonly string[];
  /** A set of paths that only `importers` may import. */
  readonly guarded: { readonly paths: string; readonly importers: readonly string[] };
  /** A set of paths with its public files. */
  readonly library: { readonly paths: string; readonly entries: readonly string[] };
  readonly sources: string;
  /** A regular expression for the file names of `sources`. */
  readonly fileName: string;
  readonly maxLines: number;
}

export const GENERATED: Shape = {
  layers: Object.fromEntries(LAYERS.map(layer => [layer.name, `packages/*/src/${layer.name}/**`])),
  siblings: [
    'packages/billing-*/**',
    'packages/catalog-*/**',
    'packages/orders-*/**',
    'packages/identity-*/**',
  ],
  guarded: {
    paths: 'packages/*/src/data/**',
    importers: LAYERS.map(layer => `packages/*/src/${layer.name}/**`).concat('packages/*/src/index.ts'),
  },
  library: { paths: 'packages/platform-*/**', entries: ['packages/platform-*/src/index.ts'] },
  sources: 'packages/*/src/**',
  fileName: '^[a-z0-9-]+\\.tsx?$',
  maxLines: 2000,
};

/** The package that the control's violating change imports. */
export const BANNED = 'bench-banned-0';

/** `graph`: layers over chains of imports, no cycles, and one chain that is forbidden. `direct`: no graph is needed. */
export type PolicyRules = 'direct' | 'graph';

/** Twenty invariants in four decisions (22 with graph rules), as files of the repository. */
export function policyFiles(shape: Shape, rules: PolicyRules): Map<string, string> {
  const components = Object.entries(shape.layers);
  const names = components.map(([name]) => name);
  const config = [
    'version: 1',
    'components:',
    ...components.map(([name, glob]) => `  ${name}: ${quote(glob)}`),
  ];
  const imports = Array.from({ length: 10 }, (_, n) => {
    const from = n === 0 ? quote(shape.sources) : (names[n % names.length] ?? quote(shape.sources));
    return invariant(`banned-${n}`, `forbid-import: { from: ${from}, to: "npm:bench-banned-${n}" }`);
  });
  const structure = [
    ...(rules === 'graph'
      ? graphRules(shape, names)
      : [invariant('layers', `layers: [${names.join(', ')}]`)]),
    invariant('siblings', `independent: [${shape.siblings.map(quote).join(', ')}]`),
    invariant(
      'guarded',
      `protect: { in: ${quote(shape.guarded.paths)}, only: [${shape.guarded.importers.map(quote).join(', ')}] }`,
    ),
    invariant(
      'library',
      `entry-points: { in: ${quote(shape.library.paths)}, only: [${shape.library.entries.map(quote).join(', ')}] }`,
    ),
  ];
  const paths = ['bench-vendored/**', '**/*.orig', '**/*.bench-secret'].map((glob, n) =>
    invariant(`no-path-${n}`, `forbid-path: { in: ${quote(glob)} }`),
  );
  const text = [
    invariant('file-names', `naming: { in: ${quote(shape.sources)}, pattern: ${quote(shape.fileName)} }`),
    invariant('file-size', `size: { in: ${quote(shape.sources)}, lines: ${shape.maxLines} }`),
    invariant(
      'no-debugger',
      `forbid-text: { in: ${quote(shape.sources)}, pattern: ${quote('\\bdebugger\\b')}, where: [code] }`,
    ),
  ];
  return new Map([
    ['.architecture/config.yaml', `${config.join('\n')}\n`],
    decision(1, 'Banned packages stay out', imports),
    decision(2, 'The layers', structure),
    decision(3, 'What is never committed', paths),
    decision(4, 'How files are written', text),
  ]);
}

function graphRules(shape: Shape, layers: readonly string[]): string[] {
  const [from = '', to = ''] = shape.siblings.map(quote);
  return [
    invariant('layers', `layers: { order: [${layers.join(', ')}], transitive: true }`),
    invariant('no-cycles', `acyclic: { in: ${quote(shape.sources)} }`),
    invariant('no-chain', `forbid-import: { from: ${from}, to: ${to}, transitive: true }`),
  ];
}

function invariant(id: string, rule: string): string {
  return `  - id: ${id}\n    ${rule}`;
}

function decision(number: number, title: string, invariants: readonly string[]): [string, string] {
  const id = String(number).padStart(4, '0');
  const slug = title.toLowerCase().replaceAll(' ', '-');
  return [
    `.architecture/decisions/${id}-${slug}.md`,
    `---\nid: ADR-${id}\ntitle: ${title}\nstatus: accepted\ndate: 2026-01-05\ninvariants:\n${invariants.join('\n')}\n---\n# ${title}\n`,
  ];
}

/** A YAML double-quoted scalar is a superset of a JSON string. */
function quote(text: string): string {
  return JSON.stringify(text);
}
