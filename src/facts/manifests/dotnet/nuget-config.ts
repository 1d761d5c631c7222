import { ManifestError, type ManifestFormat } from '../format.js';
import { EntryList } from '../syntax/entries.js';
import { readXml } from '../syntax/xml.js';
import { exactVersion } from './version.js';

/** packages.config: the older list of packages of a .NET project, with exact versions. */
export const nugetConfig: ManifestFormat = {
  parse(path, text) {
    const root = readXml(text);
    if (root.name !== 'packages') throw new ManifestError('it holds no <packages>', root.line, 'correct it');
    const list = new EntryList('nuget');
    for (const item of root.children) {
      if (item.name !== 'package')
        throw new ManifestError(`<${item.name}> is no <package>`, item.line, 'correct the name');
      const name = item.attributes.get('id') ?? '';
      const version = item.attributes.get('version') ?? '';
      if (name === '' || version === '')
        throw new ManifestError('a package without id or version', item.line, 'give it both');
      const development = item.attributes.get('developmentDependency')?.toLowerCase() === 'true';
      list.add({
        id: `${name}@${version}`,
        name,
        version: exactVersion(version),
        range: item.attributes.get('allowedVersions') ?? version,
        scope: development ? 'development' : 'production',
        line: item.line,
      });
    }
    return {
      path,
      format: 'nuget-config',
      ecosystem: 'nuget',
      role: 'manifest',
      project: { name: null, version: null, license: null },
      entries: list.entries,
      roots: {},
      includes: [],
    };
  },
};
