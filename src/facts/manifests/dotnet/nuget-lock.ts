import type { DependencySource } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { EntryList } from '../syntax/entries.js';
import { isObject, type JsonObject, type JsonText, readJson } from '../syntax/json.js';

const REMEDY = 'write it anew with `dotnet restore --force-evaluate`';
const TYPES: ReadonlySet<unknown> = new Set(['Direct', 'Transitive', 'Project', 'CentralTransitive']);

/** packages.lock.json: what each target framework (and runtime) of a project gets. */
export const nugetLock: ManifestFormat = {
  parse(path, text) {
    const json = readJson(text, 3);
    const { value, lines } = json;
    if (value['version'] !== 1 && value['version'] !== 2 && value['version'] !== 3)
      throw new ManifestError(
        'a version of packages.lock.json that lintel does not know',
        lines.line('version'),
        REMEDY,
      );
    const list = new EntryList('nuget');
    const wanted: string[] = [];
    const frameworks = frameworksOf(json);
    for (const [framework, packages] of frameworks) {
      // A framework with a runtime holds only what the runtime adds.
      const base = frameworks.get(framework.split('/', 1)[0] ?? '');
      const required = new Set<string>();
      for (const [name, item] of packages.values()) {
        const line = lines.line('dependencies', framework, name);
        const requires = requirements(item, framework, packages, base);
        for (const id of requires) required.add(id);
        add(list, { id: `${framework}/${name}`, name, item, line, requires });
      }
      for (const [name, item] of packages.values()) {
        const id = `${framework}/${name}`;
        if (item['type'] === 'Direct' || (item['type'] === 'Project' && !required.has(id))) wanted.push(id);
      }
    }
    return {
      path,
      format: 'nuget-lock',
      ecosystem: 'nuget',
      role: 'lock',
      project: { name: null, version: null, license: null },
      entries: list.entries,
      roots: { [folderOf(path)]: wanted },
      includes: [],
    };
  },
};

/** By name in small letters: NuGet's names differ in case from one mention to the other. */
type Packages = ReadonlyMap<string, readonly [string, JsonObject]>;

function frameworksOf({ value, lines }: JsonText): ReadonlyMap<string, Packages> {
  const written = value['dependencies'];
  if (!isObject(written))
    throw new ManifestError(
      'it has no dependencies: the file is cut off',
      lines.line('dependencies'),
      REMEDY,
    );
  const frameworks = new Map<string, Packages>();
  for (const [framework, packages] of Object.entries(written)) {
    const line = lines.line('dependencies', framework);
    if (!isObject(packages)) throw new ManifestError(`${framework} is no object`, line, REMEDY);
    const known = new Map<string, readonly [string, JsonObject]>();
    for (const [name, item] of Object.entries(packages)) {
      const at = lines.line('dependencies', framework, name);
      if (!isObject(item) || !TYPES.has(item['type']))
        throw new ManifestError(`${name} is of no type that lintel knows`, at, REMEDY);
      if (item['type'] !== 'Project' && typeof item['resolved'] !== 'string')
        throw new ManifestError(`${name} has no resolved version`, at, REMEDY);
      known.set(name.toLowerCase(), [name, item]);
    }
    frameworks.set(framework, known);
  }
  return frameworks;
}

function requirements(
  item: JsonObject,
  framework: string,
  packages: Packages,
  base: Packages | undefined,
): readonly string[] {
  const written = item['dependencies'];
  if (!isObject(written)) return [];
  const [plain = ''] = framework.split('/', 1);
  return Object.keys(written).flatMap(name => {
    const here = packages.get(name.toLowerCase());
    if (here !== undefined) return [`${framework}/${here[0]}`];
    const below = base?.get(name.toLowerCase());
    return below === undefined ? [] : [`${plain}/${below[0]}`];
  });
}

interface Found {
  readonly id: string;
  readonly name: string;
  readonly item: JsonObject;
  readonly line: number;
  readonly requires: readonly string[];
}

const WORKSPACE: DependencySource = { type: 'workspace', path: null };

function add(list: EntryList, { id, name, item, line, requires }: Found): void {
  const { type, resolved, requested, contentHash } = item;
  list.add({
    id,
    name,
    version: typeof resolved === 'string' ? resolved : null,
    range: typeof requested === 'string' ? requested : null,
    // A project's own line does not tell whether it is wanted here, or by another project.
    direct: type === 'Project' ? null : type === 'Direct',
    integrity: typeof contentHash === 'string' ? [contentHash] : [],
    line,
    requires,
    ...(type === 'Project' ? { source: WORKSPACE } : {}),
  });
}
