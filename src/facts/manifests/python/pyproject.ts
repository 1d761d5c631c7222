import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import type { ManifestFormat } from '../format.js';
import { readHatch } from './hatch.js';
import { readPdm } from './pdm.js';
import { readPoetry } from './poetry.js';
import { Project } from './project.js';
import { linkProject } from './pyproject-link.js';
import { readStandard } from './standard.js';
import { isTable, stringIn, TomlDocument } from './toml.js';
import { readUv } from './uv.js';

/** pyproject.toml: the standards' tables (PEP 518, 621, 735) and those of Poetry, PDM, uv, Hatch and setuptools. */
export const pyproject: ManifestFormat = {
  parse(path, text): DependencyFile {
    const document = new TomlDocument(text);
    const project = new Project(path, document);
    readStandard(project);
    readPoetry(project);
    readPdm(project);
    readHatch(project);
    // Last: where uv says that a package comes from holds for what is written above.
    const entries = readUv(project);
    return {
      path,
      format: 'pyproject',
      ecosystem: 'pypi',
      role: 'manifest',
      project: describe(document),
      entries: withOwn(entries, project, describe(document).name),
      roots: {},
      includes: project.includes,
      ...(project.members.length === 0 ? {} : { members: project.members }),
      ...(project.exports.size === 0 ? {} : { exports: Object.fromEntries(project.exports) }),
    };
  },
  link: linkProject,
};

function describe(document: TomlDocument): DependencyFile['project'] {
  const standard = document.tableAt(['project']) ?? {};
  const poetry = document.tableAt(['tool', 'poetry']) ?? {};
  const license = standard['license'];
  return {
    name: stringIn(standard, 'name') ?? stringIn(poetry, 'name'),
    version: stringIn(standard, 'version') ?? stringIn(poetry, 'version'),
    license: isTable(license)
      ? stringIn(license, 'text')
      : (stringIn(standard, 'license') ?? stringIn(poetry, 'license')),
  };
}

/** `all = ["this[a,b]"]`: the project asks for itself. */
function withOwn(
  entries: readonly DependencyEntry[],
  { folder }: Project,
  name: string | null,
): readonly DependencyEntry[] {
  if (name === null) return entries;
  const own = name.toLowerCase().replace(/[-_.]+/g, '-');
  return entries.map(entry =>
    entry.name === own && entry.role === 'dependency' && entry.source.type === 'registry'
      ? { ...entry, source: { type: 'workspace', path: folder } }
      : entry,
  );
}
