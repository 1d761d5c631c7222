import type { DependencyScope, EntryRole } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { type EntryList, pathFrom } from '../syntax/entries.js';
import { childOf, childrenOf, type XmlElement } from '../syntax/xml.js';

export interface Coordinates {
  readonly group: string;
  readonly artifact: string;
  /** Empty: none is written. */
  readonly version: string;
}

export function coordinatesOf(element: XmlElement): Coordinates {
  const text = (name: string): string => childOf(element, name)?.text ?? '';
  return { group: text('groupId'), artifact: text('artifactId'), version: text('version') };
}

/** What `link` needs of an item, as written. The parts hold no `|`: it is no character of coordinates. */
export interface WrittenItem extends Coordinates {
  readonly type: string;
  readonly classifier: string;
  readonly scope: string;
  readonly optional: string;
  readonly profile: string;
  /** Of which list: `dependencies`, `dependencyManagement`, `build/plugins` … */
  readonly kind: string;
}

export function packItem(item: WrittenItem): string {
  const { group, artifact, version, type, classifier, scope, optional, profile, kind } = item;
  return [group, artifact, version, type, classifier, scope, optional, profile, kind].join('|');
}

export function unpackItem(packed: string): WrittenItem {
  const [group = '', artifact = '', version = '', type = '', classifier = '', ...rest] = packed.split('|');
  const [scope = '', optional = '', profile = '', kind = ''] = rest;
  return { group, artifact, version, type, classifier, scope, optional, profile, kind };
}

/** What is compiled against but not shipped counts as of the build. */
export function scopeOf(scope: string, optional: string): DependencyScope {
  if (scope === 'test') return 'development';
  if (optional === 'true') return 'optional';
  return scope === 'provided' || scope === 'system' ? 'build' : 'production';
}

interface Place {
  readonly list: EntryList;
  readonly folder: string;
  /** Before the ids: `profiles/x/`. */
  readonly at: string;
  readonly profile: string;
}

/** Adds what a project and its profiles declare. */
export function addModel(list: EntryList, root: XmlElement, folder: string): void {
  const place: Place = { list, folder, at: '', profile: '' };
  const parent = childOf(root, 'parent');
  if (parent !== null) addItem(place, parent, 'parent', 'dependency', 'build');
  addParts(place, root);
  for (const profile of childrenOf(childOf(root, 'profiles'), 'profile')) {
    const id = childOf(profile, 'id')?.text ?? 'default';
    addParts({ ...place, at: `profiles/${id}/`, profile: id }, profile);
  }
  const relocation = childOf(childOf(root, 'distributionManagement'), 'relocation');
  if (relocation !== null) relocate(place, root, parent, relocation);
}

/** Who wants this project gets another one. */
function relocate({ list }: Place, root: XmlElement, parent: XmlElement | null, to: XmlElement): void {
  const own = coordinatesOf(root);
  const group = own.group || (childOf(parent, 'groupId')?.text ?? '');
  const { group: newGroup, artifact, version } = coordinatesOf(to);
  list.add({
    id: 'relocation',
    role: 'redirect',
    name: `${newGroup || group}:${artifact || own.artifact}`,
    alias: `${group}:${own.artifact}`,
    version: version || null,
    range: version || null,
    line: to.line,
  });
}

function addParts(place: Place, model: XmlElement): void {
  for (const item of childrenOf(childOf(model, 'dependencies'), 'dependency'))
    addItem(place, item, 'dependencies', 'dependency');
  const managed = childOf(childOf(model, 'dependencyManagement'), 'dependencies');
  for (const item of childrenOf(managed, 'dependency'))
    addItem(place, item, 'dependencyManagement', 'definition');
  const build = childOf(model, 'build');
  for (const item of childrenOf(childOf(build, 'extensions'), 'extension'))
    addItem(place, item, 'build/extensions', 'dependency', 'build');
  addPlugins(place, childOf(build, 'plugins'), 'build/plugins', 'dependency');
  addPlugins(
    place,
    childOf(childOf(build, 'pluginManagement'), 'plugins'),
    'build/pluginManagement',
    'definition',
  );
  addPlugins(place, childOf(childOf(model, 'reporting'), 'plugins'), 'reporting/plugins', 'dependency');
}

function addPlugins(place: Place, plugins: XmlElement | null, at: string, role: EntryRole): void {
  for (const plugin of childrenOf(plugins, 'plugin')) {
    addItem(place, plugin, at, role, 'build', 'org.apache.maven.plugins');
    const under = `${at}/${childOf(plugin, 'artifactId')?.text ?? ''}`;
    for (const item of childrenOf(childOf(plugin, 'dependencies'), 'dependency'))
      addItem(place, item, `${under}/dependencies`, role, 'build');
    const runs = childrenOf(childOf(plugin, 'executions'), 'execution');
    for (const element of [plugin, ...runs])
      addConfigured(place, childOf(element, 'configuration'), under, role);
  }
}

/** Lists in a plugin's configuration whose items Maven fetches like dependencies. */
const FETCHED: ReadonlySet<string> = new Set(['annotationProcessorPaths', 'artifactItems']);

function addConfigured(place: Place, configuration: XmlElement | null, at: string, role: EntryRole): void {
  for (const list of configuration?.children ?? []) {
    if (!FETCHED.has(list.name)) continue;
    for (const item of list.children)
      if (childOf(item, 'artifactId') !== null) addItem(place, item, `${at}/${list.name}`, role, 'build');
  }
}

function addItem(
  { list, folder, at, profile }: Place,
  element: XmlElement,
  kind: string,
  role: EntryRole,
  fixed?: DependencyScope,
  defaultGroup = '',
): void {
  const { group: writtenGroup, artifact, version } = coordinatesOf(element);
  const group = writtenGroup || defaultGroup;
  if (group === '' || artifact === '')
    throw new ManifestError(`<${element.name}> without groupId or artifactId`, element.line, 'give it both');
  const text = (name: string): string => childOf(element, name)?.text ?? '';
  const scope = text('scope');
  const optional = text('optional');
  const classifier = text('classifier');
  const system = text('systemPath');
  list.add({
    id: `${at}${kind}/${group}:${artifact}${classifier === '' ? '' : `:${classifier}`}`,
    role,
    name: `${group}:${artifact}`,
    range: version || null,
    scope: fixed ?? scopeOf(scope, optional),
    line: element.line,
    inherits: packItem({
      group,
      artifact,
      version,
      type: text('type') || 'jar',
      classifier,
      scope,
      optional,
      profile,
      kind,
    }),
    ...(system === ''
      ? {}
      : { source: { type: 'path' as const, path: systemPath(folder, system), written: system } }),
  });
}

function systemPath(folder: string, written: string): string | null {
  const plain = written.replace(/^\$\{(?:project\.)?basedir\}\/?/, '');
  return plain.includes('${') ? null : pathFrom(folder, plain);
}
