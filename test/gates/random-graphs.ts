/** Random repositories and edits for the rules over the graph: small files, many ways to close a circle or a chain. */
import type { FileContent } from '../support/repository.js';
import { decision } from './project.js';

const FOLDERS = ['src/ui', 'src/db', 'src/lib', 'src/lib/deep', 'src/api', 'src/free'];
const NAMES = ['a', 'b', 'c'];

const NODES = FOLDERS.flatMap(folder => NAMES.map(name => `${folder}/${name}`));

/** A few legal imports to begin with: downwards in the order of NODES reversed is nowhere forbidden. */
export const GRAPH_POLICY: Readonly<Record<string, FileContent>> = {
  '.architecture/config.yaml':
    'version: 1\ncomponents:\n  ui: src/ui/**\n  db: src/db/**\n  api: src/api/**\n  lib: src/lib/**\n',
  '.architecture/decisions/0001-graph.md': decision(
    'ADR-0001',
    `- id: ui-off-db
  forbid-import: { from: ui, to: [db, "npm:pg"], via: src/lib/b.ts, transitive: true }
  except: src/free/c.ts
- id: layers
  layers: { order: [ui, api, db], transitive: true, kinds: [value, re-export] }
- id: apart
  independent: { members: ["src/{x}/a.ts", "src/{x}/b.ts"], transitive: true }
- id: no-circles
  acyclic: {}
- id: no-typed-circles
  acyclic: { in: [ui, lib], kinds: [value, type] }
- id: folders
  acyclic: { level: folder }
- id: components
  acyclic: { level: component }`,
  ),
  ...Object.fromEntries(NODES.map(node => [`${node}.ts`, 'export const x = 1;\n'])),
};

/** The same tree under rules about single edges and about numbers of them. */
export const EDGE_POLICY: Readonly<Record<string, FileContent>> = {
  ...GRAPH_POLICY,
  '.architecture/decisions/0001-graph.md': decision(
    'ADR-0001',
    `- id: many-importers
  fan-in: { in: "src/**", max: 2 }
  except: src/free/**
- id: many-imports
  fan-out: { in: "src/**", max: 2, packages: true }
- id: towards-stability
  stable-dependencies: { in: [ui, lib], kinds: [re-export] }
- id: imports-resolve
  resolvable-imports: { in: "src/**", computed: true }
- id: needs-an-api
  require-import: { from: "src/ui/c.ts", to: api }
- id: everything-has-a-place
  owned: { in: "src/**" }
  except: src/free/**
- id: doors-for-the-ui
  entry-points: { in: db, only: src/db/a.ts, for: ui }
- id: shrinking
  allow-import: { from: api, to: [db, lib, "npm:pg"], deprecated: "src/free/**" }
- id: two-names
  forbid-import: { from: lib, to: "npm:pg", except-names: [q] }`,
  ),
};

/** And under those to which any edit may matter, anywhere. */
export const REACHING_POLICY: Readonly<Record<string, FileContent>> = {
  ...GRAPH_POLICY,
  '.architecture/decisions/0001-graph.md': decision(
    'ADR-0001',
    `- id: used
  no-orphans: { in: [db, lib], roots: "src/*/a.ts" }
  except: src/lib/deep/**
- id: reaches-an-api
  require-import: { from: ui, to: api, transitive: true }`,
  ),
};

type Next = (below: number) => number;

function newcomer(next: Next): string {
  return `${FOLDERS[next(FOLDERS.length)]}/n${next(4)}`;
}

function line(next: Next, from: string): string {
  if (next(12) === 0) return "import { p } from 'pg';";
  // Now and then of a file that isn't there: it may come later, and so may what it imports.
  const to = next(6) === 0 ? newcomer(next) : (NODES[next(NODES.length)] ?? 'src/db/a');
  const specifier = `${'../'.repeat(from.split('/').length - 1)}${to}`;
  const form = next(8);
  if (form === 0) return `import type { T } from '${specifier}';`;
  if (form === 1) return `export { x } from '${specifier}';`;
  if (form === 2) return `void import('${specifier}');`;
  return `import { x } from '${specifier}';`;
}

/** Mostly one import more in a file that is there; now and then one less, a new file, a file gone. */
export function graphEdits(
  next: Next,
  existing: readonly string[],
  read: (path: string) => string | null,
): Readonly<Record<string, FileContent>> {
  const files: Record<string, FileContent> = {};
  const code = existing.filter(path => path.startsWith('src/'));
  for (let count = 1 + next(3); count > 0; count--) {
    const kind = next(12);
    const path = code[next(code.length)];
    if (kind === 0) {
      const added = `${newcomer(next)}.ts`;
      files[added] = next(2) === 0 ? 'export const x = 0;\n' : `${line(next, added)}\n`;
    } else if (path === undefined) continue;
    else if (kind === 1) files[path] = null;
    else if (kind < 5) files[path] = `export const x = ${next(100)};\n`;
    else if (kind < 7) files[path] = `${read(path) ?? ''}// ${next(1000)}\n`;
    else files[path] = `${line(next, path)}\n${(read(path) ?? '').split('\n').slice(0, 3).join('\n')}\n`;
  }
  return files;
}
