import type { RepoPath } from '../../../model/brand.js';
import type { DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { within } from '../npm/paths.js';
import { EntryList } from '../syntax/entries.js';
import { argument, linkFolders, Replacements, Singles } from './directives.js';
import { type GoStatement, goStatements } from './syntax.js';

/**
 * A workspace of Go modules. Its `replace` directives are stronger than those of the modules. A folder that it uses
 * answers its module's path for all of them without being required: it is a dependency that the workspace brings in.
 * One that leads out of the repository is a redirect: nobody can tell what it answers.
 */
export const goWork: ManifestFormat = { parse, link: linkFolders };

function parse(path: RepoPath, text: string): DependencyFile {
  const file = new GoWork(path);
  for (const statement of goStatements(text)) file.add(statement);
  return file.done();
}

class GoWork {
  private readonly list = new EntryList('go');
  private readonly singles = new Singles();
  private readonly replacements: Replacements;
  /** Folders from the repository's root; those that lead out as written, with `?` before them. */
  private readonly used = new Set<string>();
  private readonly members: string[] = [];

  constructor(private readonly path: RepoPath) {
    this.replacements = new Replacements(path, this.list);
  }

  add(statement: GoStatement): void {
    const { verb, words, line } = statement;
    switch (verb) {
      case 'go':
      case 'toolchain':
        this.singles.add(statement);
        break;
      case 'godebug':
        argument(statement);
        break;
      case 'use':
        this.use(statement);
        break;
      case 'replace':
        this.replacements.add(statement);
        break;
      default:
        throw new ManifestError(
          `unknown directive: ${[verb, ...words].join(' ').slice(0, 60)}`,
          line,
          'go.work knows go, toolchain, godebug, use and replace',
        );
    }
  }

  private use(statement: GoStatement): void {
    const written = argument(statement);
    const { line } = statement;
    const folder = within(folderOf(this.path), written);
    const key = folder === null ? `?${written}` : folder;
    if (this.used.has(key))
      throw new ManifestError(`the folder ${written} appears twice`, line, 'use it once');
    this.used.add(key);
    if (folder !== null) this.members.push(folder);
    this.list.add({
      id: `use/${written}`,
      // Its own go.mod tells the module's name: `link` knows it.
      name: `?${written}`,
      ...(folder === null
        ? { role: 'redirect', source: { type: 'path', path: null, written } }
        : { source: { type: 'workspace', path: folder } }),
      line,
    });
  }

  done(): DependencyFile {
    return {
      path: this.path,
      format: 'go-work',
      ecosystem: 'go',
      role: 'manifest',
      project: { name: null, version: null, license: null },
      entries: this.list.entries,
      roots: {},
      includes: [],
      members: this.members,
    };
  }
}
