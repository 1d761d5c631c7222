/**
 * Reads the paths of files, one a line, and prints what a tree-sitter grammar sees in each, as external.ts wants it:
 *
 *     LINTEL_GRAMMARS=FOLDER node --import tsx bench/oracle/tree-sitter-program.ts kotlin|csharp
 *
 * From a file that the grammar can't parse only the imports are taken that stand outside of its errors.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { csharpSites } from './csharp-tree.js';
import type { Answer } from './external.js';
import { kotlinSites } from './kotlin-tree.js';
import { parserFor, type SyntaxNode } from './tree-sitter.js';

/** A site with an offset instead of a line and column. */
export type TreeSite = Omit<Answer['sites'][number], 'line' | 'column'> & { readonly at: number };
type Reader = (root: SyntaxNode) => readonly TreeSite[];

const READERS: Readonly<Record<string, readonly [grammar: string, Reader]>> = {
  kotlin: ['@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm', kotlinSites],
  csharp: ['tree-sitter-c-sharp/tree-sitter-c_sharp.wasm', csharpSites],
};

const chosen = READERS[process.argv[2] ?? ''];
if (chosen === undefined) throw new Error('kotlin or csharp?');
const [grammarFile, read] = chosen;
let parser = await parserFor(grammarFile);

function answer(path: string): Answer {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const tree = parser.parse(text);
  if (tree === null) return { path, error: 'no tree', sites: [] };
  const { rootNode: root } = tree;
  const sites = read(root).map(({ at, ...site }) => {
    const before = text.slice(0, at);
    return { ...site, line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
  });
  const { hasError } = root;
  tree.delete();
  if (!hasError) return { path, sites };
  const imports = sites.filter(
    site => site.kind !== 'dynamic' && site.form?.startsWith('qualified') !== true,
  );
  return { path, error: 'syntax errors', sites: imports };
}

/** The library can crash on deeply nested code. */
async function tried(path: string): Promise<Answer> {
  try {
    return answer(path);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'RuntimeError') throw error;
    parser = await parserFor(grammarFile);
    return { path, error: `the parser crashed: ${error.message}`, sites: [] };
  }
}

for await (const path of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await tried(path))}\n`);
