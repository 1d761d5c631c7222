import type { DependencyFile } from '../../src/model/dependency.js';
import { parserFor, type SyntaxNode } from '../oracle/tree-sitter.js';
import { type Facts, FactsOf, type ReadFile } from './comparison.js';

const KOTLIN = '@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm';
const MODULE = /^[A-Za-z][^:\s/]*:[^:\s/]+(?::\S*)?$/;

/** What a script's dependency statements name by strings, by line and configuration, and its plugins by id. */
export function scriptFacts({ entries }: DependencyFile): Facts {
  const facts = new FactsOf();
  for (const { id, line, name, inherits } of entries) {
    const [at = '', ...rest] = id.split('/');
    if (at === 'plugins') {
      const plugin = name.slice(0, name.indexOf(':'));
      if (rest[0]?.includes('.') && inherits?.startsWith('libs.') !== true)
        facts.add(`${line} plugin ${plugin}`, '');
      continue;
    }
    // Catalogs that settings.gradle fetches stand in no dependencies block.
    if (rest[0] === 'from') continue;
    if (/^(?:definitions|force|substitute)$/.test(at) || /^(?:project|files|npm)\(/.test(rest[0] ?? ''))
      continue;
    // As written: names are filled in on both sides alike, or not at all.
    const written = inherits?.includes(':') ? inherits : name;
    if (!MODULE.test(written.replace(/\$\{[^}]*\}/g, 'x'))) continue;
    if (inherits !== undefined && !inherits.includes(':')) continue;
    facts.add(`${line} ${at} ${shown(written)}`, '');
  }
  return facts.facts;
}

/** Templates look different in each parser: only where they stand is compared. */
function shown(written: string): string {
  const [group = '', artifact = ''] =
    written
      .replace(/\$\{[^}]*\}|\$[\w.]+/g, '$')
      .split('@')[0]
      ?.split(':') ?? [];
  return `${group}:${artifact}`;
}

export async function kotlinScripts(files: readonly ReadFile[]): Promise<(Facts | string)[]> {
  const parser = await parserFor(KOTLIN);
  return files.map(({ text }) => {
    const tree = parser.parse(text);
    if (tree === null) return 'no tree';
    const facts = new FactsOf();
    const line = (node: SyntaxNode): number => text.slice(0, node.startIndex).split('\n').length;
    walk(tree.rootNode, [], (node, name, strings, block) => {
      if (block === 'plugins' && name === 'id' && strings[0]?.includes('.'))
        facts.add(`${line(node)} plugin ${strings[0]}`, '');
      if (block === 'plugins' && name === 'kotlin')
        facts.add(`${line(node)} plugin org.jetbrains.kotlin.${strings[0]}`, '');
      // `implementation("group", "name", "version")`
      const [group, artifact] = strings;
      const isShort = strings.length > 1 && /(?:implementation|api|only)$/i.test(name);
      if (
        block === 'dependencies' &&
        isShort &&
        group?.includes('.') === true &&
        strings.every(string => !string.includes(':'))
      )
        facts.add(`${line(node)} ${name} ${group}:${artifact}`, '');
      if (block === 'dependencies')
        for (const string of strings)
          if (MODULE.test(string)) facts.add(`${line(node)} ${name} ${shown(string)}`, '');
    });
    tree.delete();
    return facts.facts;
  });
}

type Found = (node: SyntaxNode, name: string, strings: readonly string[], block: string) => void;

const THROUGH = /^(?:constraints|if|for|forEach|each|listOf)$/;

function walk(node: SyntaxNode, blocks: readonly string[], found: Found): void {
  let inside = blocks;
  if (node.type === 'call_expression') {
    const [callee, ...rest] = node.namedChildren;
    const name = callee === undefined ? '' : nameOf(callee);
    const block = blocks.at(-1) ?? '';
    const lambda = rest.find(({ type }) => type === 'annotated_lambda' || type === 'lambda_literal');
    const values = rest.find(({ type }) => type === 'value_arguments') ?? innerArguments(callee);
    if (values !== undefined && isStatement(node)) {
      const strings = stringsOf(values);
      const kotlin = kotlinOf(values);
      found(node, name, [...strings, ...kotlin], block);
    }
    if (lambda !== undefined)
      inside = [...blocks, block === 'dependencies' ? (THROUGH.test(name) ? block : 'options') : name];
  }
  for (const child of node.namedChildren) walk(child, inside, found);
}

/** `f(x) { … }` is a call of a call. */
function innerArguments(callee: SyntaxNode | undefined): SyntaxNode | undefined {
  return callee?.type === 'call_expression'
    ? callee.namedChildren.find(({ type }) => type === 'value_arguments')
    : undefined;
}

function nameOf(callee: SyntaxNode): string {
  if (callee.type === 'call_expression')
    return callee.namedChildren[0] === undefined ? '' : nameOf(callee.namedChildren[0]);
  if (callee.type === 'navigation_expression') return callee.text.split('.').at(-1) ?? '';
  return callee.type === 'string_literal' ? callee.text.slice(1, -1) : callee.text;
}

/** Not within another call's arguments. */
function isStatement(node: SyntaxNode): boolean {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (at.type === 'value_arguments') return false;
    if (
      at.type === 'call_expression' &&
      at.startIndex === node.startIndex &&
      at.namedChildren[0]?.endIndex === node.endIndex
    )
      return false;
    if (at.type === 'lambda_literal' || at.type === 'source_file') return true;
  }
  return true;
}

function stringsOf(node: SyntaxNode): readonly string[] {
  if (node.type === 'string_literal') return [node.text.slice(1, -1)];
  if (
    node.type === 'call_expression' &&
    /^(?:project|files|fileTree|npm|devNpm|kotlin)$/.test(nameOf(node.namedChildren[0] ?? node))
  )
    return [];
  return node.namedChildren.flatMap(stringsOf);
}

/** `kotlin("test")` among the arguments. */
function kotlinOf(node: SyntaxNode): readonly string[] {
  if (node.type === 'call_expression' && node.namedChildren[0]?.text === 'kotlin')
    return [`org.jetbrains.kotlin:kotlin-${/"([^"]*)"/.exec(node.text)?.[1] ?? ''}`];
  return node.namedChildren.flatMap(kotlinOf);
}
