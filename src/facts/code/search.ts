import type { RepoPath } from '../../model/brand.js';
import type { Fact } from '../tree-facts.js';
import { compileQuery } from './compile-query.js';
import { grammarOf } from './languages.js';
import { parseCode, type SyntaxNode } from './native.js';
import { type CodeFacts, type CodeMatch, CodeProblemError, type CodeQuery } from './query.js';
import { holdsAnyWord, mayMatch } from './words.js';

/**
 * UTF-16 units of a file that are parsed at most: a tree takes up to 300 bytes for each, and can't be given back
 * before the parser is through with it.
 */
export const MAX_PARSED = 4_000_000;

const NONE: Fact<CodeFacts> = { ok: true, value: { matches: [], gaps: [] } };

/**
 * What the query finds in one file. The engine is loaded, and the text parsed, only where it holds the words that
 * every match needs.
 *
 * A syntax error does not hide the file: the grammar goes on behind it, and what it could not read is a gap, told
 * where it may hold a match. (It is no error of the judge: grammars lag behind their languages, and whoever edits
 * such a file elsewhere must not be stopped by it.)
 */
export function searchCode(path: RepoPath, text: string, query: CodeQuery): Fact<CodeFacts> {
  const grammar = grammarOf(query.language, path);
  if (grammar === null || !mayMatch(query, text)) return NONE;
  if (text.length > MAX_PARSED) {
    const message = `${path} is longer than ${MAX_PARSED} characters, the limit for files whose syntax is judged`;
    return failed('oversized', path, message, 'leave the file out with except or ignore');
  }
  try {
    const engine = compileQuery(query, grammar);
    const root = parseCode(grammar, text);
    const gaps = outermost(root.findAll({ rule: { kind: 'ERROR' } })).filter(gap =>
      holdsAnyWord(query, gap.text()),
    );
    return { ok: true, value: { matches: distinct(root.findAll(engine)), gaps: gaps.map(matchOf) } };
  } catch (error) {
    if (!(error instanceof CodeProblemError)) throw error;
    const { code, message, remedy } = error.problem;
    return failed(code, path, message, remedy);
  }
}

function failed(
  code: 'oversized' | 'engine-missing' | 'rule-invalid',
  path: RepoPath,
  message: string,
  remedy: string,
): Fact<CodeFacts> {
  return { ok: false, error: { code, path: path, message, line: null, column: null, remedy } };
}

/** A node and its only child may both match: one stretch is one match. */
function distinct(nodes: readonly SyntaxNode[]): readonly CodeMatch[] {
  const found = new Map<string, CodeMatch>();
  for (const node of nodes) {
    const { start, end } = node.range();
    const name = `${start.index}:${end.index}`;
    if (!found.has(name)) found.set(name, matchOf(node));
  }
  return [...found.values()];
}

function outermost(nodes: readonly SyntaxNode[]): readonly SyntaxNode[] {
  let end = -1;
  return nodes.filter(node => {
    const range = node.range();
    if (range.end.index <= end) return false;
    end = range.end.index;
    return true;
  });
}

function matchOf(node: SyntaxNode): CodeMatch {
  const { start, end } = node.range();
  const text = node.text();
  const newline = text.indexOf('\n');
  return {
    line: start.line + 1,
    column: start.column + 1,
    endLine: end.line + 1,
    endColumn: end.column + 1,
    firstLine: (newline < 0 ? text : text.slice(0, newline)).trim().replace(/\s+/g, ' '),
  };
}
