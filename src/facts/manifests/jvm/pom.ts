import { below, folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { EntryList, pathFrom } from '../syntax/entries.js';
import { childOf, childrenOf, readXml, type XmlElement } from '../syntax/xml.js';
import { addModel, coordinatesOf } from './pom-items.js';
import { linkPom } from './pom-link.js';

/** pom.xml: what a Maven project is, wants and is built with. */
export const pom: ManifestFormat = {
  parse(path, text) {
    const root = readXml(text);
    if (root.name !== 'project')
      throw new ManifestError('it holds no <project>', root.line, 'correct the root element');
    refuseTwice(root);
    const parent = childOf(root, 'parent');
    const inherited = parent === null ? null : coordinatesOf(parent);
    const own = coordinatesOf(root);
    const group = own.group || (inherited?.group ?? '');
    const version = own.version || (inherited?.version ?? '');
    if (group === '' || own.artifact === '')
      throw new ManifestError('a project without groupId or artifactId', root.line, 'give it both');
    const exports = propertiesOf(root);
    exports['project.groupId'] = group;
    exports['project.artifactId'] = own.artifact;
    exports['project.version'] = version;
    const list = new EntryList('maven');
    const folder = folderOf(path);
    const includes: string[] = [];
    if (parent !== null && inherited !== null) {
      exports['project.parent.groupId'] = inherited.group;
      exports['project.parent.artifactId'] = inherited.artifact;
      exports['project.parent.version'] = inherited.version;
      const above = parentPath(parent, folder);
      if (above !== null) includes.push(above);
    }
    addModel(list, root, folder);
    return linkPom({
      path,
      format: 'pom',
      ecosystem: 'maven',
      role: 'manifest',
      project: { name: `${group}:${own.artifact}`, version: version || null, license: licenseOf(root) },
      entries: list.entries,
      roots: {},
      includes,
      exports,
    });
  },
  link: linkPom,
};

/** An empty relativePath says: never look in the tree. */
function parentPath(parent: XmlElement, folder: string): string | null {
  const written = childOf(parent, 'relativePath');
  if (written !== null && written.text === '') return null;
  const path = pathFrom(folder, written?.text ?? '../pom.xml');
  return path === null || path.endsWith('.xml') || path.endsWith('.pom') ? path : below(path, 'pom.xml');
}

/**
 * Properties of the project. Of those that only profiles set, the one of a profile that is active by default, or all
 * that agree.
 */
function propertiesOf(root: XmlElement): Record<string, string> {
  const properties: Record<string, string> = Object.create(null);
  const unsure = new Set<string>();
  const profiles = childrenOf(childOf(root, 'profiles'), 'profile');
  for (const profile of profiles)
    for (const { name, text } of childOf(profile, 'properties')?.children ?? []) {
      if (properties[name] !== undefined && properties[name] !== text) unsure.add(name);
      properties[name] = text;
    }
  for (const name of unsure) delete properties[name];
  const active = profiles.filter(
    profile => childOf(childOf(profile, 'activation'), 'activeByDefault')?.text === 'true',
  );
  for (const model of [...active, root])
    for (const { name, text, line } of childOf(model, 'properties')?.children ?? []) {
      properties[name] = text;
      properties[`line ${name}`] = String(line);
    }
  for (const profile of profiles) {
    const id = childOf(profile, 'id')?.text ?? 'default';
    for (const { name, text } of childOf(profile, 'properties')?.children ?? [])
      properties[`profile ${id} ${name}`] = text;
  }
  return properties;
}

/** Several licences are a choice, as Maven's reference has it. */
function licenseOf(root: XmlElement): string | null {
  const names = childrenOf(childOf(root, 'licenses'), 'license').flatMap(license => {
    const name = childOf(license, 'name')?.text ?? '';
    return name === '' ? [] : [name];
  });
  return names.length === 0 ? null : names.join(' OR ');
}

const ONCE = new Set([
  'groupId',
  'artifactId',
  'version',
  'parent',
  'dependencies',
  'dependencyManagement',
  'properties',
  'build',
  'profiles',
  'scope',
  'type',
  'classifier',
  'plugins',
  'pluginManagement',
  'extensions',
]);
const FREE = new Set(['configuration', 'properties', 'reporting']);

/** Maven refuses a second one of a model's elements. */
function refuseTwice(parent: XmlElement): void {
  const seen = new Set<string>();
  for (const child of parent.children) {
    if (ONCE.has(child.name) && seen.has(child.name))
      throw new ManifestError(
        `<${child.name}> stands twice in <${parent.name}>`,
        child.line,
        'keep one of them',
      );
    seen.add(child.name);
    if (!FREE.has(child.name)) refuseTwice(child);
  }
}
