import type { DependencyFile, DependencyScope } from '../../../model/dependency.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { conflictLine } from '../lines.js';
import { EntryList, requirementEntry } from './entries.js';
import { indexEntry } from './project.js';
import type { Tokens } from './script-parts.js';
import { scriptTokens } from './script-tokens.js';
import { type Computed, Values } from './script-values.js';
import { setupCalls } from './setup-calls.js';
import { REQUIREMENT_KEYS } from './setup-cfg.js';

const FIELDS = ['name', 'version', 'license'] as const;

/**
 * setup.py: what its calls of `setup()` ask for, as far as it is written out. It is never run: what is computed is an
 * entry whose name begins with `?`.
 */
export const setupPy: ManifestFormat = {
  parse(path, text): DependencyFile {
    const conflict = conflictLine(text);
    if (conflict !== null) throw new ManifestError('it holds conflict markers', conflict, 'finish the merge');
    const tokens = scriptTokens(text);
    const reader = new Reader(path, new Values(text, tokens));
    const calls = setupCalls(tokens);
    for (const { keyword, value } of calls.arguments) reader.argument(keyword, value);
    for (const statement of calls.handedOn) reader.unknown('setup', statement, 'production');
    return {
      path,
      format: 'setup-py',
      ecosystem: 'pypi',
      role: 'manifest',
      project: reader.project,
      entries: reader.list.entries,
      roots: {},
      includes: [],
    };
  },
};

class Reader {
  readonly list = new EntryList();
  readonly project: { name: string | null; version: string | null; license: string | null } = {
    name: null,
    version: null,
    license: null,
  };

  constructor(
    private readonly path: string,
    private readonly values: Values,
  ) {}

  argument(keyword: string | null, value: Tokens): void {
    if (keyword === '**') {
      for (const pair of this.values.tables.pairs(value)) {
        if (pair.key !== null && pair.value !== null) this.argument(pair.key, pair.value);
        else this.add('setup', { written: pair.written, line: pair.line, partial: null }, 'production');
      }
      return;
    }
    const scope = REQUIREMENT_KEYS.get(keyword ?? '');
    if (keyword !== null && scope !== undefined) this.requirements(keyword, value, scope);
    else if (keyword === 'extras_require') this.extras(value);
    else if (keyword === 'dependency_links') this.links(value);
    const field = FIELDS.find(each => each === keyword);
    if (field !== undefined) this.project[field] ??= this.values.textOf(value);
  }

  unknown(section: string, tokens: Tokens, scope: DependencyScope): void {
    const line = tokens[0]?.line ?? 1;
    this.add(section, { written: this.values.written(tokens), line, partial: null }, scope);
  }

  private requirements(section: string, value: Tokens, scope: DependencyScope): void {
    const { texts, computed } = this.values.list(value);
    for (const { text, line } of texts)
      this.list.add(requirementEntry(text, { path: this.path, section, line, scope }));
    for (const one of computed) this.add(section, one, scope);
  }

  /** An extra without a name is no extra: `':python_version < "3"'` asks under a condition. */
  private extras(value: Tokens): void {
    for (const { key, written, line, value: wanted } of this.values.tables.pairs(value)) {
      const scope = key !== null && /^\s*(?::|$)/.test(key) ? 'production' : 'optional';
      if (wanted === null) this.add('extras_require', { written, line, partial: null }, scope);
      else this.requirements(`extras_require.${key ?? `?${written}`}`, wanted, scope);
    }
  }

  private links(value: Tokens): void {
    const { texts, computed } = this.values.list(value);
    for (const { text: url, line } of texts) {
      const entry = indexEntry(`dependency_links ${url}`, url, line);
      if (entry !== null) this.list.add(entry);
    }
    for (const { written, line } of computed) {
      const name = `?${written}`;
      const source = { type: 'registry', url: null } as const;
      const id = `dependency_links ${name}`;
      this.list.add({ id, role: 'redirect', name, alias: '*', line, scope: 'production', source });
    }
  }

  private add(section: string, { written, line, partial }: Computed, scope: DependencyScope): void {
    const name = partial?.name ?? `?${written}`;
    this.list.add({ id: `${section}/${name}`, name, range: partial?.range ?? null, line, scope });
  }
}
