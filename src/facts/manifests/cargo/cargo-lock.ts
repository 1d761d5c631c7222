import type { RepoPath } from '../../../model/brand.js';
import { canonicalPackage, type DependencyEntry, type DependencyFile } from '../../../model/dependency.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { stringIn, TomlDocument, type TomlTable } from '../python/toml.js';
import { LockedPackages } from './locked-packages.js';
import { lockedSource } from './locked-source.js';
import { linkLock } from './projects.js';

/**
 * What Cargo has settled, versions 1 to 4 of the format. A package without a source is one of the repository's own:
 * `link` finds its folder.
 */
export const cargoLock: ManifestFormat = { parse, link: linkLock };

const REMEDY = 'let Cargo write it: cargo generate-lockfile';

function parse(path: RepoPath, text: string): DependencyFile {
  const document = new TomlDocument(text);
  checkVersion(document);
  const tables = document.tablesAt(['package']);
  const lines = document.headerLines('package', tables.length);
  // The first versions kept the project apart.
  const root = document.tableAt(['root']);
  const packages = new LockedPackages();
  const checksums = document.tableAt(['metadata']);
  if (root !== null) packages.add(root, document.line(['root']), checksums);
  for (const [index, table] of tables.entries()) packages.add(table, lines[index] ?? 1, checksums);
  return {
    path,
    format: 'cargo-lock',
    ecosystem: 'cargo',
    role: 'lock',
    project: { name: null, version: null, license: null },
    entries: [...packages.entries(), ...unused(document)],
    roots: {},
    includes: [],
  };
}

/** Without a number: 1 or 2, which differ in what `dependencies` spell out. */
function checkVersion(document: TomlDocument): void {
  const { version } = document.table;
  if (version === undefined || version === 3 || version === 4) return;
  throw new ManifestError(
    `lock file version ${String(version)} is not one that lintel knows (1 to 4)`,
    document.line(['version']),
    REMEDY,
  );
}

/** Patches that no package needs. */
function unused(document: TomlDocument): readonly DependencyEntry[] {
  const seen = new Set<string>();
  return document.tablesAt(['patch', 'unused']).map((table: TomlTable, index) => {
    const line = document.line(['patch', 'unused', index]);
    const [name, version] = [stringIn(table, 'name'), stringIn(table, 'version')];
    if (name === null || version === null)
      throw new ManifestError('an unused patch without name or version', line, REMEDY);
    const written = stringIn(table, 'source');
    const plain = `patch.unused/${name}@${version}`;
    const id = seen.has(plain) ? `${plain} ${written}` : plain;
    seen.add(plain);
    return {
      id,
      role: 'redirect',
      ecosystem: 'cargo',
      name: canonicalPackage('cargo', name),
      alias: name,
      version,
      range: null,
      scope: 'production',
      direct: null,
      source: lockedSource(written, line),
      integrity: [],
      line,
    };
  });
}
