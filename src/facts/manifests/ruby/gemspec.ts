import type { DependencyScope } from '../../../model/dependency.js';
import type { ManifestFormat } from '../format.js';
import { EntryList } from '../syntax/entries.js';
import { argumentsOf, literal, literals, writtenRuby } from './arguments.js';
import { rubyStatements } from './statements.js';
import { type RubyToken, tokenizeRuby } from './tokens.js';
import { exactVersion } from './versions.js';

const CALLS: ReadonlyMap<string, DependencyScope> = new Map([
  ['add_dependency', 'production'],
  ['add_runtime_dependency', 'production'],
  ['add_development_dependency', 'development'],
]);

/** *.gemspec: what a gem requires. */
export const gemspec: ManifestFormat = {
  parse(path, text) {
    const list = new EntryList('gem');
    let name: string | null = null;
    let version: string | null = null;
    let license: string | null = null;
    for (const { tokens } of rubyStatements(tokenizeRuby(text))) {
      for (const [index, token] of tokens.entries()) {
        const scope = token.type === 'word' ? CALLS.get(token.value) : undefined;
        if (scope !== undefined && isCall(tokens, index)) add(list, tokens, index, scope);
      }
      const at = tokens.findIndex(({ text: mark, type }) => type === 'mark' && mark === '=');
      const field = at > 1 && tokens[at - 2]?.text === '.' ? tokens[at - 1]?.value : undefined;
      const value = tokens.slice(at + 1);
      if (field === 'name') name ??= literal(value);
      else if (field === 'version') version ??= literal(value);
      else if (field === 'license' || field === 'licenses') license ??= literals(value)?.join(' OR ') ?? null;
    }
    return {
      path,
      format: 'gemspec',
      ecosystem: 'gem',
      role: 'manifest',
      project: { name: name ?? fileName(path), version, license },
      entries: list.entries,
      roots: {},
      includes: [],
    };
  },
};

/** By custom the file is called as the gem is. */
function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, -'.gemspec'.length);
}

/** `spec.add_dependency …`; `respond_to?(:add_dependency)` and `def add_dependency` are none. */
function isCall(tokens: readonly RubyToken[], at: number): boolean {
  const before = tokens[at - 1];
  return before?.type === 'mark' && /^(?:\.|&\.)$/.test(before.text) && tokens[at + 1] !== undefined;
}

function add(list: EntryList, tokens: readonly RubyToken[], at: number, scope: DependencyScope): void {
  const { plain } = argumentsOf(tokens.slice(at + 1));
  const [first = [], ...rest] = plain;
  const splat = first[0]?.text === '*' ? null : literals(first.slice(0, 1));
  const name = literal(first) ?? (first.length === 1 ? null : (splat?.[0] ?? null));
  const isWhole = literal(first) !== null;
  const wanted = rest.map(part => literals(part));
  const range = wanted.length > 0 && wanted.every(part => part !== null) ? wanted.flat().join(', ') : null;
  list.add({
    id: `${tokens[at]?.value}/${isWhole ? name : `?${writtenRuby(first)}`}`,
    name: isWhole && name !== null ? name : `?${writtenRuby(first)}`,
    range,
    version: range === null ? null : exactVersion(wanted.flatMap(part => part ?? [])),
    scope,
    line: tokens[at]?.line ?? 1,
  });
}
