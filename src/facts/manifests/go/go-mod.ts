import type { RepoPath } from '../../../model/brand.js';
import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { EntryList, FROM_REGISTRY } from '../syntax/entries.js';
import { argument, checkVersion, linkFolders, Replacements, Singles } from './directives.js';
import { type GoStatement, goStatements } from './syntax.js';
import { canonicalVersion } from './versions.js';

/** The manifest of a Go module. `exclude` keeps a version out: a definition whose range is `!` and the version. */
export const goMod: ManifestFormat = { parse, link: linkFolders };

function parse(path: RepoPath, text: string): DependencyFile {
  const file = new GoMod(path);
  for (const statement of goStatements(text)) file.add(statement);
  return file.done();
}

class GoMod {
  private readonly list = new EntryList('go');
  private readonly singles = new Singles();
  private readonly retracted: string[] = [];
  private readonly replacements: Replacements;
  private readonly tools: GoStatement[] = [];
  private readonly required = new Map<string, DependencyEntry>();
  private isEmpty = true;

  constructor(private readonly path: RepoPath) {
    this.replacements = new Replacements(path, this.list);
  }

  add(statement: GoStatement): void {
    const { verb, words, line } = statement;
    this.isEmpty = false;
    switch (verb) {
      case 'module':
      case 'go':
      case 'toolchain':
        this.singles.add(statement);
        break;
      case 'require':
        this.require(statement);
        break;
      case 'exclude':
        this.exclude(statement);
        break;
      case 'replace':
        this.replacements.add(statement);
        break;
      case 'retract':
        this.retract(statement);
        break;
      case 'tool':
        argument(statement);
        this.tools.push(statement);
        break;
      case 'ignore':
      case 'godebug':
        argument(statement);
        break;
      default:
        throw new ManifestError(
          `unknown directive: ${[verb, ...words].join(' ').slice(0, 60)}`,
          line,
          'go.mod knows module, go, toolchain, godebug, require, exclude, replace, retract, tool, ignore',
        );
    }
  }

  private require(statement: GoStatement): void {
    const [name, range] = moduleAndVersion(statement);
    const { comment, line } = statement;
    const entry = this.list.add({
      id: `require/${name}`,
      name,
      version: canonicalVersion(range),
      range,
      direct: !/^\s*indirect(?:\s*$|;(?:\s|$))/.test(comment),
      line,
    });
    this.required.set(name, entry);
  }

  private exclude(statement: GoStatement): void {
    const [name, version] = moduleAndVersion(statement);
    this.list.add({
      id: `exclude/${name}@${version}`,
      role: 'definition',
      name,
      range: `!${version}`,
      line: statement.line,
    });
  }

  private retract({ words, line }: GoStatement): void {
    const [open, low, comma, high, close] = words;
    const versions =
      words.length === 1
        ? [open]
        : words.length === 5 && open === '[' && comma === ',' && close === ']'
          ? [low, high]
          : [];
    if (versions.length === 0 || versions.some(version => canonicalVersion(version ?? '') === null))
      throw new ManifestError(
        'a retract that can’t be read',
        line,
        'write it as `retract v1.2.3` or `retract [v1.2.3, v1.2.9]`',
      );
    this.retracted.push(words.length === 1 ? `${open}` : `[${low}, ${high}]`);
  }

  /** A tool is a package: its module is the one of the requirements whose path it begins with. */
  private tool({ words: [path = ''], line }: GoStatement): void {
    const module = this.singles.get('module');
    let provider: DependencyEntry | null = null;
    let own = false;
    for (let prefix = path; prefix !== '' && provider === null && !own; prefix = folderOf(prefix)) {
      own = prefix === module;
      provider = this.required.get(prefix) ?? null;
    }
    const name = own ? (module ?? path) : (provider?.name ?? path);
    this.list.add({
      id: `tool/${path}`,
      name,
      ...(name === path ? {} : { alias: path }),
      version: own ? null : (provider?.version ?? null),
      range: own ? null : (provider?.range ?? null),
      scope: 'development',
      source: own ? { type: 'workspace', path: folderOf(this.path) } : FROM_REGISTRY,
      line,
    });
  }

  done(): DependencyFile {
    const name = this.singles.get('module') ?? null;
    // An empty go.mod hides a folder from the module around it.
    if (name === null && !this.isEmpty)
      throw new ManifestError('there is no module directive', 1, 'write `module path/of/it` first');
    for (const tool of this.tools) this.tool(tool);
    return {
      path: this.path,
      format: 'go-mod',
      ecosystem: 'go',
      role: 'manifest',
      project: { name, version: null, license: null },
      entries: this.list.entries,
      roots: {},
      includes: [],
      ...(this.retracted.length === 0 ? {} : { exports: { retract: this.retracted.join(' ') } }),
    };
  }
}

function moduleAndVersion({ verb, words, line }: GoStatement): readonly [string, string] {
  const [name, version] = words;
  if (name === undefined || version === undefined || words.length > 2)
    throw new ManifestError(
      `a ${verb} that can’t be read`,
      line,
      `write it as \`${verb} module/path v1.2.3\``,
    );
  checkVersion(name, version, line);
  return [name, version];
}
