/** Random repositories and edits that touch everything the quick gate has to be careful about. */
import type { FileContent } from '../support/repository.js';
import { decision } from './project.js';

/** A small generator of its own, so that a failing seed can be run again. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const FOLDERS = [
  'src/ui',
  'src/ui/deep',
  'src/db',
  'src/api',
  'src/shared',
  'packages/one/src',
  'packages/two/src',
  'docs',
  'db',
];
const NAMES = ['a', 'b', 'index', 'pool', 'list', 'odd name', 'ünï'];
const EXTENSIONS = ['.ts', '.ts', '.ts', '.tsx', '.js', '.d.ts', '.json', '.md', '.sql'];
const SPECIFIERS = [
  './a',
  './b',
  './index',
  './pool.js',
  '../db',
  '../db/pool',
  '../db/pool.ts',
  '../../db/a',
  '../ui/list',
  '../shared',
  '@/db/pool',
  '@/ui/list',
  '@db',
  '@scope/one',
  '@scope/two/src/a',
  'pg',
  'lodash/fp',
  'node:fs',
  'fs',
  '#internal',
  './a.json',
];
const LINES = [
  'const x = 1;',
  'console.log(1);',
  '// console.log(1);',
  'TODO later',
  "const s = 'console.log(2)';",
  '',
  'CREATE TABLE t (id int);',
];

const ADDITIONS = [
  '',
  '// a comment',
  "import { x } from './a';",
  "import { y } from '../shared';",
  "import 'node:os';",
];

export const POLICY: Readonly<Record<string, FileContent>> = {
  '.architecture/config.yaml':
    'version: 1\ncomponents:\n  ui: src/ui/**\n  db: src/db/**\n  api: src/api/**\nignore: docs/ignored/**\n',
  '.architecture/decisions/0001-imports.md': decision(
    'ADR-0001',
    `- id: ui-off-db
  forbid-import: { from: ui, to: [db, "npm:pg"] }
- id: only-shared
  allow-import: { from: src/shared/**, to: [src/shared/**, "node:*"] }
- id: layers
  layers: [ui, api, db]
- id: apart
  independent: [packages/one/**, packages/two/**]
- id: guarded
  protect: { in: db, only: [api, src/shared/**] }
- id: boxes
  entry-points: { in: "packages/{name}/**", only: "packages/{name}/src/index.ts" }
- id: types-only
  forbid-import: { from: api, to: src/shared/**, kinds: [value, dynamic] }`,
  ),
  '.architecture/decisions/0002-files.md': decision(
    'ADR-0002',
    `- id: no-js
  forbid-path: { in: "src/**/*.js", when: [add] }
- id: readme
  require-path: { for: "packages/{name}/package.json", path: "packages/{name}/README.md" }
- id: migrations
  append-only: { in: "db/*.sql", unit: file }
- id: notes
  append-only: { in: "docs/*.md", unit: line }
- id: names
  naming: { in: "src/api/*", pattern: "[a-z.]+" }
- id: pairs
  co-change: { if: "src/api/{n}.ts", then: "docs/{n}.md", at: commit }
- id: small
  size: { in: "src/**", lines: 9 }
- id: no-log
  forbid-text: { in: "src/**", pattern: 'console\\.log', where: [code] }
- id: no-todo
  forbid-text: { in: "docs/**", pattern: TODO, lines: all }
- id: a-line
  require-text: { in: "src/db/*.ts", pattern: 'const' }`,
  ),
  'tsconfig.json':
    '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"], "@db": ["src/db/index.ts"] } } }\n',
  'package.json':
    '{ "name": "root", "workspaces": ["packages/*"], "imports": { "#internal": "./src/shared/index.ts" }, "dependencies": { "pg": "1" } }\n',
  'packages/one/package.json': '{ "name": "@scope/one", "main": "src/index.ts" }\n',
  'packages/one/README.md': 'one\n',
  'packages/two/package.json':
    '{ "name": "@scope/two", "exports": { ".": "./src/index.ts", "./*": "./*.ts" } }\n',
  'packages/two/README.md': 'two\n',
};

type Next = (below: number) => number;

function pick<T>(next: Next, items: readonly T[]): T {
  const item = items[next(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function content(next: Next, path: string): FileContent {
  if (path.endsWith('.json')) return '{}\n';
  const lines: string[] = [];
  for (let count = next(4); count > 0; count--) {
    const form = next(6);
    const specifier = pick(next, SPECIFIERS);
    if (form === 0) lines.push(`import type { T } from '${specifier}';`);
    else if (form === 1) lines.push(`export { x } from '${specifier}';`);
    else if (form === 2) lines.push(`const m = () => import('${specifier}');`);
    else lines.push(`import { x } from '${specifier}';`);
  }
  for (let count = next(7); count > 0; count--) lines.push(pick(next, LINES));
  return `${lines.join(next(12) === 0 ? '\r\n' : '\n')}\n`;
}

function place(next: Next): string {
  return `${pick(next, FOLDERS)}/${pick(next, NAMES)}${pick(next, EXTENSIONS)}`;
}

/** A few edits on the files that exist: `null` deletes. */
export function edits(
  next: Next,
  existing: readonly string[],
  read: (path: string) => string | null,
): Readonly<Record<string, FileContent>> {
  const files: Record<string, FileContent> = {};
  for (let count = 1 + next(3); count > 0; count--) {
    const kind = next(32);
    const code = existing.filter(path => !path.startsWith('.architecture') && !path.endsWith('package.json'));
    if (kind >= 20 && code.length > 0) {
      // What most commits are: a line or two more in a file that is there.
      const path = pick(next, code);
      const text = /\.(?:ts|tsx|js|md)$/.test(path) ? read(path) : null;
      if (text !== null) files[path] = `${pick(next, ADDITIONS)}\n${text}// ${next(1000)}\n`;
    } else if (kind < 8 && code.length > 0) {
      const path = pick(next, code);
      if (!path.endsWith('tsconfig.json')) files[path] = content(next, path);
    } else if (kind < 14) {
      const path = place(next);
      // A file where a folder is, or the other way round, is no single edit.
      if (!existing.some(other => other.startsWith(`${path}/`))) files[path] = content(next, path);
    } else if (kind < 17 && code.length > 3) {
      const path = pick(next, code);
      if (path !== 'tsconfig.json') files[path] = null;
    } else if (kind === 17) {
      files['tsconfig.json'] =
        `{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["${pick(next, ['src', 'packages/one/src'])}/*"] } } }\n`;
    } else if (kind === 18)
      files[`src/ui/link${next(2)}.ts`] = { symlink: pick(next, ['../db/a.ts', 'a.ts', '../../../out.ts']) };
    else if (kind === 19) files[`src/ui/to${next(2)}`] = { symlink: '../db' };
  }
  return files;
}
