import type { DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { EntryList, pathFrom } from '../syntax/entries.js';
import { readXml, type XmlElement } from '../syntax/xml.js';
import { addItem, addSdks } from './msbuild-items.js';
import { linkMsbuild } from './msbuild-link.js';
import { propertiesOf } from './properties.js';

/** Project files (csproj, fsproj, vbproj) and what they share: Directory.Build.*, Directory.Packages.props. */
export const msbuild: ManifestFormat = {
  parse(path, text): DependencyFile {
    const root = readXml(text);
    if (local(root) !== 'Project')
      throw new ManifestError('it holds no <Project>', root.line, 'correct the root element');
    const properties = propertiesOf(root);
    const list = new EntryList('nuget');
    const folder = folderOf(path);
    const includes: string[] = [];
    addSdks(list, root);
    for (const item of elements(root)) {
      if (local(item) === 'Import') {
        const imported = importedPath(folder, item.attributes.get('Project'));
        if (imported !== null) includes.push(imported);
        addSdks(list, item);
      } else addItem(list, item, folder, properties.get('istestproject')?.toLowerCase() === 'true');
    }
    const exports: Record<string, string> = Object.create(null);
    for (const [name, value] of properties) exports[`$(${name})`] = value;
    // Linked to itself: what its own properties decide is settled even where no other file is at hand.
    return linkMsbuild({
      path,
      format: 'msbuild',
      ecosystem: 'nuget',
      role: 'manifest',
      project: {
        name: properties.get('packageid') ?? projectName(path),
        version: properties.get('version') ?? null,
        license: properties.get('packagelicenseexpression') ?? null,
      },
      entries: list.entries,
      roots: {},
      includes,
      exports,
    });
  },
  link: linkMsbuild,
};

/** Without its namespace's prefix. */
function local({ name }: XmlElement): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Everything below, in order. Conditions (`Choose`, `When`, `Condition`) are not judged: each branch counts. */
function* elements(parent: XmlElement): Generator<XmlElement> {
  for (const child of parent.children) {
    yield child;
    if (local(child) !== 'PropertyGroup') yield* elements(child);
  }
}

function projectName(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /proj$/i.test(name) ? name.slice(0, name.lastIndexOf('.')) : null;
}

const ABOVE = /^\$\(\[MSBuild\]::GetPathOfFileAbove\(\s*'?([\w.]+)'?/i;

/** `null`: where it lies can't be told (or `link` looks for it above). */
function importedPath(folder: string, written: string | undefined): string | null {
  if (written === undefined) return null;
  const above = ABOVE.exec(written)?.[1];
  // The nearest above: named with a leading `^`, found by `link`.
  if (above !== undefined) return `^${above}`;
  const plain = written
    .replace(/^\$\(MSBuildThisFileDirectory\)[\\/]?/i, '')
    .replace(/^\$\(MSBuildProjectDirectory\)[\\/]?/i, '');
  return plain.includes('$(') || plain.includes('*') ? null : pathFrom(folder, plain);
}
