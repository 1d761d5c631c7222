import type { DependencyScope, EntryRole } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { type EntryList, pathFrom } from '../syntax/entries.js';
import type { XmlElement } from '../syntax/xml.js';

/** Items that bring a package: what they are, and for what. */
const PACKAGES: ReadonlyMap<string, { readonly role: EntryRole; readonly scope: DependencyScope }> = new Map([
  ['PackageReference', { role: 'dependency', scope: 'production' }],
  ['GlobalPackageReference', { role: 'dependency', scope: 'build' }],
  ['PackageVersion', { role: 'definition', scope: 'production' }],
  ['PackageDownload', { role: 'dependency', scope: 'build' }],
  ['DotNetCliToolReference', { role: 'dependency', scope: 'build' }],
]);

/** Adds what an item of a project file declares; nothing, where it is of another kind. */
export function addItem(list: EntryList, item: XmlElement, folder: string, isTest: boolean): void {
  const kind = item.name.slice(item.name.indexOf(':') + 1);
  const known = PACKAGES.get(kind);
  if (known !== undefined) {
    const isUpdate = !item.attributes.has('Include');
    const names = item.attributes.get('Include') ?? item.attributes.get('Update');
    // `Remove` takes something away.
    if (names === undefined) return;
    const scope = isTest && known.scope === 'production' ? 'development' : known.scope;
    // `Update` changes an item that another line or file includes: a version for it, if it has one.
    const role = isUpdate ? 'definition' : known.role;
    for (const name of namesOf(names)) addPackage(list, item, { kind, name, role, scope });
  } else if (kind === 'ProjectReference' || kind === 'Reference')
    addReference(list, item, kind, folder, isTest);
}

interface Package {
  readonly kind: string;
  readonly name: string;
  readonly role: EntryRole;
  readonly scope: DependencyScope;
}

function addPackage(list: EntryList, item: XmlElement, { kind, name, role, scope }: Package): void {
  const override = metadata(item, 'VersionOverride');
  const written = override ?? metadata(item, 'Version');
  if (role === 'definition' && written === null) return;
  if (name.startsWith('@(')) return;
  const isPrivate = (metadata(item, 'PrivateAssets') ?? '').trim().toLowerCase() === 'all';
  list.add({
    id: `${kind}/${name}`,
    role,
    name: name.includes('$(') ? `?${name}` : name,
    range: written,
    scope: isPrivate && scope === 'production' ? 'build' : scope,
    line: item.line,
    inherits: `${name}|${written ?? ''}`,
  });
}

/** As attribute or as child; names don't distinguish case. */
function metadata(item: XmlElement, name: string): string | null {
  for (const [key, value] of item.attributes)
    if (key.toLowerCase() === name.toLowerCase()) return value.trim();
  const child = item.children.find(one => one.name.toLowerCase() === name.toLowerCase());
  return child === undefined ? null : child.text;
}

function namesOf(written: string): readonly string[] {
  return written
    .split(';')
    .map(name => name.trim())
    .filter(name => name !== '');
}

/** Another project, or an assembly that lies in the tree. Assemblies of the framework are no dependencies. */
function addReference(
  list: EntryList,
  item: XmlElement,
  kind: string,
  folder: string,
  isTest: boolean,
): void {
  const include = item.attributes.get('Include');
  if (include === undefined) return;
  for (const name of kind === 'Reference' ? [include.split(',', 1)[0] ?? ''] : namesOf(include)) {
    const hint = metadata(item, 'HintPath');
    const written = kind === 'ProjectReference' ? name : (hint ?? (/\.dll$/i.test(name) ? name : null));
    if (written === null || name.startsWith('@(')) continue;
    const file = written.replaceAll('\\', '/');
    const plain = file.slice(file.lastIndexOf('/') + 1).replace(/\.(?:\w+proj|dll)$/i, '');
    list.add({
      id: `${kind}/${name}`,
      name:
        kind === 'Reference' && hint !== null
          ? name
          : plain.includes('$(') || plain.includes('*')
            ? `?${name}`
            : plain,
      scope: isTest ? 'development' : 'production',
      source: { type: 'path', path: written.includes('$(') ? null : pathFrom(folder, written), written },
      line: item.line,
    });
  }
}

/** SDKs come from the feed, too, except those that the .NET SDK itself brings along. */
export function addSdks(list: EntryList, element: XmlElement): void {
  const written = element.attributes.get('Sdk');
  const children = element.children.filter(({ name }) => name === 'Sdk');
  const sdks = (written ?? '').split(';').map(sdk => ({
    sdk: sdk.trim(),
    line: element.line,
    version: element.attributes.get('Version') ?? null,
  }));
  for (const { attributes, line } of children) {
    const sdk = attributes.get('Name') ?? '';
    if (sdk === '') throw new ManifestError('an <Sdk> without a name', line, 'give it its Name');
    sdks.push({ sdk, line, version: attributes.get('Version') ?? null });
  }
  for (const { sdk, line, version } of sdks) {
    const [name = '', after = version] = sdk.split('/', 2);
    if (name === '' || (after === null && /^Microsoft\.NET\.Sdk(?:\.|$)/i.test(name))) continue;
    list.add({
      id: `Sdk/${name}`,
      name,
      range: after,
      scope: 'build',
      line,
      inherits: `${name}|${after ?? ''}`,
    });
  }
}
