import type { DependencyEntry } from '../../../model/dependency.js';
import { lockEntry } from './lock-entry.js';
import { within } from './paths.js';
import { mapping, type PnpmDocument } from './pnpm-document.js';
import { npmSpecifier } from './specifier.js';
import { YamlMap } from './yaml-tree.js';

/** What the lock file repeats of the workspace's settings: overrides, catalogs, patches. */
export function pnpmSettings(document: PnpmDocument): readonly DependencyEntry[] {
  return [...catalogs(document), ...overrides(document), ...patches(document)];
}

/** Files of patches that the lock file names, from the repository's root. */
export function pnpmPatchFiles(document: PnpmDocument): readonly string[] {
  const patched = mapping(document.content.get('patchedDependencies'), 'patchedDependencies');
  return patched.pairs.flatMap(({ value }) => {
    const written = value instanceof YamlMap ? value.text('path') : null;
    const path = written === null ? null : within(document.base, written);
    return path === null ? [] : [path];
  });
}

function* overrides(document: PnpmDocument): Generator<DependencyEntry> {
  for (const { key: selector, at, value } of mapping(document.content.get('overrides'), 'overrides').pairs) {
    const { name: target } = selected(selector);
    const written = typeof value === 'string' ? value : '';
    const spec = npmSpecifier(target, written, { folder: document.base });
    yield lockEntry({
      id: `overrides/${selector}`,
      role: 'redirect',
      name: spec.name,
      alias: selector,
      version: spec.version,
      range: spec.range,
      source: spec.source,
      line: document.lines.lineAt(at),
      ...(spec.inherits === undefined ? {} : { inherits: spec.inherits }),
    });
  }
}

function* catalogs(document: PnpmDocument): Generator<DependencyEntry> {
  for (const { key: catalog, value } of mapping(document.content.get('catalogs'), 'catalogs').pairs)
    for (const pair of mapping(value, `catalogs: ${catalog}`).pairs) {
      const called = pair.key;
      const settled = mapping(pair.value, `catalogs: ${catalog}: ${called}`);
      const spec = npmSpecifier(called, settled.text('specifier') ?? '', { folder: document.base });
      yield lockEntry({
        id: `catalogs/${catalog}/${called}`,
        role: 'definition',
        name: spec.name,
        ...(spec.alias === undefined ? {} : { alias: spec.alias }),
        version: settled.text('version'),
        range: spec.range,
        source: spec.source,
        line: document.lines.lineAt(pair.at),
      });
    }
}

/** A patch is laid over a package that comes from where it always did: its hash is what it adds. */
function* patches(document: PnpmDocument): Generator<DependencyEntry> {
  const patched = mapping(document.content.get('patchedDependencies'), 'patchedDependencies');
  for (const { key: selector, at, value } of patched.pairs) {
    const hash = value instanceof YamlMap ? value.text('hash') : value;
    const { name, range } = selected(selector);
    yield lockEntry({
      id: `patchedDependencies/${selector}`,
      role: 'redirect',
      name,
      alias: selector,
      version: npmSpecifier(name, range, { folder: '' }).version,
      integrity: typeof hash === 'string' ? [hash] : [],
      line: document.lines.lineAt(at),
    });
  }
}

/** Of `parent@1>name@range` the last: a `>` that begins a range stands after `@`, a blank or `|`. */
function selected(selector: string): { name: string; range: string } {
  const mark = /[^ |@]>/.exec(selector);
  const target = mark === null ? selector : selector.slice(mark.index + 2);
  const at = target.indexOf('@', 1);
  return at === -1 ? { name: target, range: '' } : { name: target.slice(0, at), range: target.slice(at + 1) };
}
