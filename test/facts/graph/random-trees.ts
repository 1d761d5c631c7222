/** Random trees and edits, in memory, that touch everything on which the end of an import depends. */
import { createHash } from 'node:crypto';
import { createTreeGraph } from '../../../src/facts/graph/create.js';
import { NODE_TYPES } from '../../../src/facts/graph/import-graph.js';
import { graphSource } from '../../../src/facts/graph/snapshot-source.js';
import type { GraphSource, TreeGraph } from '../../../src/facts/graph/tree-graph.js';
import { type ImportCache, Snapshot } from '../../../src/facts/snapshot.js';
import { createListing } from '../../../src/git/listing.js';
import { comparePaths } from '../../../src/git/path-bytes.js';
import { type Oid, oid, type RepoPath, repoPath } from '../../../src/model/brand.js';
import { EDGE_KINDS, type FileImports } from '../../../src/model/edges.js';
import type { FileChange, Mode, TreeEntry } from '../../../src/model/tree.js';

export interface Leaf {
  readonly mode: Mode;
  readonly text: string;
}
export type Files = ReadonlyMap<string, Leaf>;
export type Next = (below: number) => number;

export function random(seed: number): Next {
  let state = (seed * 2654435761) >>> 0;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pick = <T>(next: Next, list: readonly T[]): T => {
  const item = list[next(list.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

const FOLDERS = [
  '',
  'src',
  'src/a',
  'src/index',
  'lib',
  'packages/one',
  'packages/one/src',
  'packages/two',
  'packages/two/lib',
  'app',
  'app/gen',
  'linked',
];
const NAMES = ['a', 'b', 'index', 'x.y', 'pool', 'mod', 'ünï'];
const EXTENSIONS = ['.ts', '.ts', '.ts', '.js', '.tsx', '.d.ts', '.json', '.css', '', '.mts'];
const SPECIFIERS = [
  './a',
  './a',
  './b',
  './b.js',
  './index',
  './index.js',
  '.',
  './',
  '..',
  '../a',
  '../b',
  '../index',
  '../pool.js',
  './x.y',
  './mod',
  './a.json',
  './a.css',
  '../src/a',
  '../../src/b',
  '../lib/a.js',
  '../lib',
  './gen/a',
  '../one',
  './linked/a',
  '../linked/b',
  '/src/a',
  '@/a',
  '@/src/b',
  '@lib/a',
  '@one',
  'pkg-one',
  'pkg-one/a',
  'pkg-one/src/b',
  'pkg-two',
  'pkg-two/deep/a',
  'react',
  'react/jsx',
  'node:fs',
  'fs',
  '#int',
  '#int/a',
  '#ext',
  'a',
  'src/a',
  '../node_modules/react/index.js',
  '../../packages/two',
  'npm:left@1/pad',
  './dist/a.js',
  '../dist/a',
  './lib/b.js',
];

function importLine(next: Next): string {
  const specifier = pick(next, SPECIFIERS);
  switch (next(7)) {
    case 0:
      return `import type { T } from '${specifier}';`;
    case 1:
      return `export * from '${specifier}';`;
    case 2:
      return `import '${specifier}';`;
    case 3:
      return `await import('${specifier}');`;
    case 4:
      return '';
    default:
      return `import { x } from '${specifier}';`;
  }
}

function source(next: Next): string {
  if (next(40) === 0) return "import { from 'broken";
  return Array.from({ length: next(5) }, () => importLine(next)).join('\n');
}

function packageJson(next: Next): string {
  const json: Record<string, unknown> = {};
  if (next(3) > 0) json['name'] = pick(next, ['pkg-one', 'pkg-two', 'react', 'root', '@one/x']);
  if (next(3) === 0) json['main'] = pick(next, ['./lib/a.js', 'dist/index.js', './a', 'src', './index.js']);
  if (next(3) === 0)
    json['exports'] = pick(next, [
      './a.js',
      { '.': './src/b.ts', './a': './src/a.ts' },
      { '.': { types: './a.d.ts', default: './lib/a.js' }, './*': './src/*.ts' },
      { './deep/*': './lib/*.js' },
    ]);
  if (next(3) === 0)
    json['imports'] = pick(next, [
      { '#int': './a.ts' },
      { '#int': './src/a.js', '#int/*': './src/*.ts', '#ext': 'pkg-two' },
      { '#ext': 'react', '#int': ['./lib/a.js', 'node:fs'] },
    ]);
  if (next(3) === 0)
    json['workspaces'] = pick(next, [
      ['packages/*'],
      ['packages/one'],
      ['app', 'packages/*', '!packages/two'],
    ]);
  if (next(4) === 0)
    json['dependencies'] = pick(next, [
      { react: '1', 'pkg-two': 'file:packages/two' },
      { '@lib/a': '1' },
      { 'pkg-one': 'link:../one', '@one': '2' },
    ]);
  return next(30) === 0 ? '{ broken' : JSON.stringify(json);
}

function tsconfig(next: Next): string {
  const options: Record<string, unknown> = {};
  if (next(3) === 0) options['baseUrl'] = pick(next, ['.', 'src', './lib', '..']);
  if (next(2) === 0)
    options['paths'] = pick(next, [
      { '@/*': ['./src/*'] },
      { '@/*': ['./*', './lib/*'], '@lib/*': ['lib/*'] },
      { '@one': ['packages/one/src/index.ts'], '*': ['gen/*'] },
      { react: ['node_modules/@types/react'], '@lib/a': ['src/a'] },
    ]);
  if (next(5) === 0) options['rootDirs'] = ['src', 'app/gen', 'lib'];
  if (next(5) === 0) options['outDir'] = pick(next, ['dist', 'lib', './out']);
  if (next(6) === 0) options['rootDir'] = 'src';
  if (next(6) === 0) options['customConditions'] = ['source'];
  const json: Record<string, unknown> = { compilerOptions: options };
  if (next(5) === 0)
    json['extends'] = pick(next, ['../tsconfig.json', './tsconfig.base.json', '../../tsconfig.json']);
  if (next(6) === 0)
    Object.assign(json, { files: [], references: [{ path: './src' }, { path: './tsconfig.base.json' }] });
  if (next(8) === 0) json['include'] = ['a.ts', 'src'];
  return JSON.stringify(json);
}

/** Puts a leaf at a path; what stood in its way, as a file or as a folder, goes. */
function put(files: Map<string, Leaf>, path: string, leaf: Leaf): void {
  for (const other of [...files.keys()])
    if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) files.delete(other);
  files.set(path, leaf);
}

const below = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
const plain = (text: string): Leaf => ({ mode: '100644', text });

type Edit = (next: Next, files: Map<string, Leaf>, folder: string) => void;

const addFile: Edit = (next, files, folder) =>
  put(files, below(folder, pick(next, NAMES) + pick(next, EXTENSIONS)), plain(source(next)));

const remove: Edit = (next, files) => {
  if (files.size > 0) files.delete(pick(next, [...files.keys()]));
};

const rewrite: Edit = (next, files) => {
  const code = [...files].filter(([path, { mode }]) => /\.[mj]?[tj]sx?$/.test(path) && mode === '100644');
  if (code.length > 0) files.set(pick(next, code)[0], plain(source(next)));
};

const moveFile: Edit = (next, files, folder) => {
  if (files.size === 0) return;
  const [from, leaf] = pick(next, [...files]);
  files.delete(from);
  put(files, below(folder, from.slice(from.lastIndexOf('/') + 1)), leaf);
};

const moveFolder: Edit = (next, files, folder) => {
  const to = pick(next, ['src', 'lib', 'app', 'moved', 'packages/one']);
  const moved = [...files].filter(([path]) => folder !== '' && path.startsWith(`${folder}/`));
  for (const [path] of moved) files.delete(path);
  for (const [path, leaf] of moved) put(files, `${to}${path.slice(folder.length)}`, leaf);
};

const writePackage: Edit = (next, files, folder) =>
  put(files, below(folder, 'package.json'), plain(packageJson(next)));

const writeConfig: Edit = (next, files, folder) => {
  const name = pick(next, ['tsconfig.json', 'tsconfig.json', 'jsconfig.json', 'tsconfig.base.json']);
  put(files, below(folder, name), plain(tsconfig(next)));
};

const link: Edit = (next, files, folder) => {
  const text = pick(next, LINK_TEXTS);
  const path = pick(next, [below(folder, 'linked'), 'linked', below(folder, 'b.ts'), below(folder, 'l.js')]);
  put(files, path, { mode: '120000', text });
};

/** A folder turned file, a file turned folder. */
const turn: Edit = (next, files) =>
  put(files, pick(next, ['src/a', 'src/index', 'lib', 'src/a.ts/b.ts', 'app/gen']), plain(source(next)));

const makeExecutable: Edit = (next, files) => {
  if (files.size === 0) return;
  const [path, leaf] = pick(next, [...files]);
  if (leaf.mode === '100644') files.set(path, { ...leaf, mode: '100755' });
};

const addSubmodule: Edit = (next, files, folder) => {
  if (next(6) === 0) put(files, below(folder, 'b.ts'), { mode: '160000', text: 'sub' });
};

const writeProse: Edit = (next, files) => put(files, 'README.md', plain(`${next(1000)}`));

const LINK_TEXTS = [
  'src',
  'a.ts',
  '../src/a.ts',
  'packages/one',
  '../lib',
  'gone',
  '../../../out',
  'linked',
  '.',
  'b.css',
];

/** As often as they stand here. */
const EDITS: readonly Edit[] = [
  ...[addFile, addFile, addFile, addFile, addFile, remove, remove, remove, rewrite, rewrite, rewrite],
  ...[moveFile, moveFolder, writePackage, writePackage, writeConfig, writeConfig, link, turn],
  ...[makeExecutable, addSubmodule, writeProse],
];

export function edit(next: Next, files: Map<string, Leaf>): void {
  const folder = pick(next, FOLDERS);
  pick(next, EDITS)(next, files, folder);
}

function idOf(text: string): Oid {
  return oid(createHash('sha1').update(text).digest('hex'));
}

export function changesBetween(before: Files, after: Files): readonly FileChange[] {
  const changes: FileChange[] = [];
  const entry = (leaf: Leaf | undefined): FileChange['before'] =>
    leaf === undefined ? null : { mode: leaf.mode, oid: idOf(leaf.text) };
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const old = entry(before.get(path));
    const now = entry(after.get(path));
    if (old?.oid === now?.oid && old?.mode === now?.mode) continue;
    const type = (mode: Mode): string => (mode === '100755' ? '100644' : mode);
    const status =
      old === null ? 'add' : now === null ? 'delete' : type(old.mode) === type(now.mode) ? 'modify' : 'type';
    changes.push({ path: repoPath(path), status, before: old, after: now });
  }
  return changes;
}

export function memoryCache(): ImportCache {
  const known = new Map<string, FileImports>();
  return {
    imports: (blob, language) => known.get(`${language} ${blob}`) ?? null,
    saveImports: (blob, language, imports) => void known.set(`${language} ${blob}`, imports),
  };
}

export interface Reading {
  readonly source: GraphSource;
  /** Files that were read through it. */
  readonly read: Set<RepoPath>;
}

export async function open(files: Files, cache: ImportCache): Promise<Reading> {
  const blobs = new Map<string, string>();
  const entries: TreeEntry[] = [];
  for (const [path, { mode, text }] of files) {
    blobs.set(idOf(text), text);
    entries.push({ path: repoPath(path), mode, oid: idOf(text) });
  }
  entries.sort((a, b) => comparePaths(a.path, b.path));
  const snapshot = new Snapshot({
    listing: createListing(entries),
    cache,
    fileBytes: 100_000,
    reader: {
      readBlob: async id => Buffer.from(blobs.get(id) ?? ''),
      blobSizes: async ids => ids.map(id => blobs.get(id)?.length ?? null),
    },
  });
  const source = await graphSource(snapshot, await snapshot.context({}));
  const read = new Set<RepoPath>();
  return {
    read,
    source: {
      ...source,
      read: (paths, visit, progress) => {
        for (const path of paths) read.add(path);
        return source.read(paths, visit, progress);
      },
    },
  };
}

export async function scratch(files: Files, cache: ImportCache): Promise<TreeGraph> {
  return createTreeGraph((await open(files, cache)).source);
}

/** All that a graph says, without the numbers of its nodes. */
export function told(graph: TreeGraph): unknown {
  const { imports, errors, links, context } = graph;
  const name = (node: number): string => `${NODE_TYPES[imports.types[node] ?? -1]} ${imports.names.at(node)}`;
  const nodes = Array.from({ length: imports.size }, (_, node) => {
    const edges: string[] = [];
    for (let edge = imports.starts[node] ?? 0; edge < (imports.starts[node + 1] ?? 0); edge++)
      edges.push(
        `${EDGE_KINDS[imports.kinds[edge] ?? -1] ?? 'member'} ${name(imports.targets[edge] ?? -1)} :${imports.lines[edge]}`,
      );
    const places = [
      ...graph.places.hashes.subarray(graph.places.starts[node], graph.places.starts[node + 1]),
    ];
    return {
      name: name(node),
      isRow: node < graph.files,
      edges: edges.sort(),
      paths: imports.paths(node),
      aliases: imports.aliases(node),
      mixed: graph.notes.isMixed(node),
      places: node < graph.files ? places.join() : '',
    };
  });
  nodes.sort((a, b) => (a.name < b.name ? -1 : 1));
  // As it comes back from the disk.
  return { nodes, errors, links, context: JSON.stringify(context) };
}
