import type { SyntaxNode } from './tree-sitter.js';
import type { TreeSite } from './tree-sitter-program.js';

const bare = (text: string): string => text.replace(/^`|`$/g, '');
const identifiers = (node: SyntaxNode): readonly string[] =>
  node.children.filter(child => child.type === 'identifier').map(child => bare(child.text));

/** The segments of a chain of plain dots from an identifier on. */
function chainOf(node: SyntaxNode): readonly string[] | null {
  if (node.type === 'identifier') return [bare(node.text)];
  if (node.type !== 'navigation_expression') return null;
  const [left, dot, right] = node.children;
  if (left === undefined || dot?.type !== '.' || right?.type !== 'identifier') return null;
  const before = chainOf(left);
  return before === null ? null : [...before, bare(right.text)];
}

/** Does a dot lead on from this part of a chain? */
function isInner(node: SyntaxNode): boolean {
  const { parent } = node;
  return (
    parent?.type === 'navigation_expression' &&
    parent.startIndex === node.startIndex &&
    chainOf(parent) !== null
  );
}

function importSite(node: SyntaxNode): TreeSite | null {
  const name = node.children.find(child => child.type === 'qualified_identifier');
  if (name === undefined) return null;
  const segments = identifiers(name);
  const isWildcard = node.children.some(child => child.type === '*');
  const names = [isWildcard ? '*' : (segments.at(-1) ?? '')];
  return { specifier: segments.join('.'), kind: 'value', names, at: name.startIndex };
}

/** The value of a string without templates, or of several joined by `+`. */
function constant(node: SyntaxNode): string | null {
  if (node.type === 'string_literal' || node.type === 'multiline_string_literal') {
    // The grammar has no node for `$name`.
    if (node.children.some(child => child.type === 'interpolation') || /(?<!\\)\$[a-z_]/i.test(node.text))
      return null;
    const quotes = node.type === 'string_literal' ? 1 : 3;
    return node.text.slice(quotes, -quotes).replaceAll('\\$', '$');
  }
  if (node.type !== 'binary_expression' || node.children[1]?.type !== '+') return null;
  const parts = node.namedChildren.map(constant);
  return parts.includes(null) ? null : parts.join('');
}

const CLASS = /^(?:java\.lang\.)?Class$/;

function lookUp(node: SyntaxNode): TreeSite | null {
  const base = { kind: 'dynamic', form: 'class-name' } as const;
  if (node.type === 'call_expression') {
    const chain = node.children[0] === undefined ? null : chainOf(node.children[0]);
    const first = node.children.find(child => child.type === 'value_arguments')?.namedChildren[0]
      ?.namedChildren[0];
    if (chain?.at(-1) !== 'forName' || !CLASS.test(chain.slice(0, -1).join('.'))) return null;
    return first === undefined ? null : { ...base, specifier: constant(first), at: first.startIndex };
  }
  const [left, colons, right] = node.children;
  const isReference = colons?.type === '::' && right?.text === 'forName' && CLASS.test(left?.text ?? '');
  return isReference && left !== undefined
    ? { ...base, specifier: null, at: left.endIndex - 'Class'.length }
    : null;
}

/** What tree-sitter-kotlin sees of imports. */
export function kotlinSites(root: SyntaxNode): readonly TreeSite[] {
  const sites: TreeSite[] = [];
  const seen = new Set<string>();
  const qualified = (segments: readonly string[], at: number): void => {
    const type = segments.findIndex(segment => /^\p{Lu}/u.test(segment));
    if (type < 2) return;
    const specifier = segments.slice(0, type + 1).join('.');
    if (seen.has(specifier)) return;
    seen.add(specifier);
    sites.push({ specifier, kind: 'value', form: 'qualified', names: [segments[type] ?? ''], at });
  };
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'package_header') return;
    if (node.type === 'import') {
      const site = importSite(node);
      if (site !== null) sites.push(site);
      return;
    }
    const site = lookUp(node);
    if (site !== null) sites.push(site);
    if (node.type === 'navigation_expression' && !isInner(node)) {
      const chain = chainOf(node);
      if (chain !== null) qualified(chain, node.startIndex);
    } else if (node.type === 'user_type') {
      const end = node.children.findIndex(child => child.type === 'type_arguments');
      const direct = (end === -1 ? node.children : node.children.slice(0, end)).filter(
        child => child.type === 'identifier',
      );
      qualified(
        direct.map(child => bare(child.text)),
        node.startIndex,
      );
    }
    for (const child of node.namedChildren) visit(child);
  };
  visit(root);
  return sites;
}
