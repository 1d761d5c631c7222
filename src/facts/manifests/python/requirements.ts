import { canonicalPackage, type DependencyFile, type DependencyScope } from '../../../model/dependency.js';
import { baseName, folderOf, join } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { conflictLine } from '../lines.js';
import { EntryList } from './entries.js';
import { groupScope } from './groups.js';
import { INCLUDE_PREFIX } from './includes.js';
import { indexEntry } from './project.js';
import { logicalLines } from './requirement-lines.js';
import { type Options, splitOptions } from './requirement-options.js';
import { editableTarget, requirementTarget, type Target } from './requirement-target.js';
import { CONSTRAINT_PREFIX, linkRequirements } from './requirements-link.js';

/** Files of requirements and constraints, as pip and uv read them. */
export const requirements: ManifestFormat = {
  parse(path, text): DependencyFile {
    const conflict = conflictLine(text);
    if (conflict !== null) throw new ManifestError('it holds conflict markers', conflict, 'finish the merge');
    const reader = new Reader(path);
    for (const { text: written, line } of logicalLines(text)) reader.read(written, line);
    return {
      path,
      format: 'requirements',
      ecosystem: 'pypi',
      role: 'manifest',
      project: { name: null, version: null, license: null },
      entries: reader.list.entries,
      roots: {},
      includes: reader.includes,
      ...(reader.exports.size === 0 ? {} : { exports: Object.fromEntries(reader.exports) }),
    };
  },
  link: linkRequirements,
};

class Reader {
  readonly list = new EntryList();
  readonly includes: string[] = [];
  readonly exports = new Map<string, string>();
  private readonly scope: DependencyScope;
  private readonly role: 'dependency' | 'definition';

  constructor(private readonly path: string) {
    const folder = baseName(folderOf(path));
    const named = groupScope(baseName(path));
    this.scope = named === 'production' ? groupScope(folder) : named;
    this.role = /(?:^|[-_.])constraints?(?:[-_.]|$)/i.test(baseName(path)) ? 'definition' : 'dependency';
  }

  read(text: string, line: number): void {
    const { requirement, options } = splitOptions(text, line);
    if (requirement !== '') {
      this.add(requirementTarget(this.path, requirement, line), line, valuesOf(options, 'hash'));
      return;
    }
    for (const { name, value } of options) this.option(name, value, line);
    const editable = valuesOf(options, 'editable');
    for (const address of editable) this.add(editableTarget(this.path, address, line), line, []);
  }

  private add(target: Target, line: number, hashes: readonly string[]): void {
    const { name, range, version, source, digests } = target;
    const shown = name.startsWith('?') ? name : canonicalPackage('pypi', name);
    const integrity = [...hashes, ...digests];
    const { role, scope } = this;
    this.list.add({ id: shown, role, name, range, version, scope, source, integrity, line });
  }

  private option(name: string, value: string, line: number): void {
    switch (name) {
      case 'requirement':
      case 'constraint':
        this.include(name, value, line);
        return;
      case 'index-url':
      case 'extra-index-url':
      case 'find-links':
        this.index(`--${name} ${value}`, value, line);
    }
  }

  private index(id: string, url: string, line: number): void {
    const entry = indexEntry(id, url, line, this.scope);
    if (entry !== null) this.list.add(entry);
  }

  private include(kind: string, written: string, line: number): void {
    const address = written.replace(/^file:(?:\/\/)?(?!\/)/i, '');
    const local = /^[a-z]+:/i.test(address) || address.startsWith('/') ? null : address.replaceAll('\\', '/');
    const path = local === null ? null : join(folderOf(this.path), local);
    if (path === null || path === '') {
      // It lies elsewhere: what it wants can't be known.
      const name = `?-${kind[0]} ${written}`;
      const source =
        local === null && /^(?:https?|ftp):/i.test(address)
          ? ({ type: 'url', url: address } as const)
          : ({ type: 'path', path: null, written } as const);
      const role = kind === 'constraint' ? 'definition' : this.role;
      this.list.add({ id: name, role, name, scope: this.scope, source, line });
      return;
    }
    if (!this.includes.includes(path)) this.includes.push(path);
    this.exports.set(`${INCLUDE_PREFIX}${path}`, String(line));
    if (kind === 'constraint') this.exports.set(`${CONSTRAINT_PREFIX}${path}`, String(line));
  }
}

function valuesOf(options: readonly Options[], name: string): readonly string[] {
  return options.filter(option => option.name === name).map(({ value }) => value);
}
