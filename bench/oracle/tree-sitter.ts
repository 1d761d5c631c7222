import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What an oracle uses of web-tree-sitter's nodes. */
export interface SyntaxNode {
  readonly type: string;
  readonly text: string;
  readonly isNamed: boolean;
  readonly hasError: boolean;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly parent: SyntaxNode | null;
  readonly children: readonly SyntaxNode[];
  readonly namedChildren: readonly SyntaxNode[];
  childForFieldName(name: string): SyntaxNode | null;
}

interface Parser {
  setLanguage(language: unknown): void;
  parse(text: string): { readonly rootNode: SyntaxNode; delete(): void } | null;
}

interface Library {
  readonly Parser: (new () => Parser) & { init(): Promise<void> };
  readonly Language: { load(bytes: Uint8Array): Promise<unknown> };
}

let instances = 0;

/**
 * A parser for a grammar that npm installed: `LINTEL_GRAMMARS` names the folder that holds its node_modules, with
 * web-tree-sitter in it.
 * @param grammar the package and the file: `tree-sitter-c-sharp/tree-sitter-c_sharp.wasm`
 */
export async function parserFor(grammar: string): Promise<Parser> {
  const folder = process.env['LINTEL_GRAMMARS'];
  if (folder === undefined)
    throw new Error('LINTEL_GRAMMARS must name a folder where npm installed the grammar and web-tree-sitter');
  const require = createRequire(pathToFileURL(join(folder, 'package.json')));
  // An instance of its own each time: one that crashed is of no use any more.
  const { href } = pathToFileURL(require.resolve('web-tree-sitter'));
  const { Parser, Language } = (await import(`${href}?${instances++}`)) as Library;
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(join(folder, 'node_modules', grammar))));
  return parser;
}
