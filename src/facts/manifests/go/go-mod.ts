import type { RepoPath } from '../../../model/brand.js';
import type { DependencyEntry, DependencyFile, DependencySource } from '../../../model/dependency.js';
import { Ids } from '../docker/ids.js';
import { type DependencyFiles, ManifestError, type ManifestFormat } from '../format.js';
import { folderOf, within } from '../npm/paths.js';
import { type GoStatement, goStatements } from './syntax.js';
import { canonicalVersion, fitsMajor, pathMajor } from './versions.js';

/** The manifest of a Go module. `exclude` keeps a version out: a definition whose range is `!` and the version. */
export const goMod: ManifestFormat = { parse, link };

const GO_VERSION = /^[1-9]\d*\.(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))?(?:[a-z]+\d+)?$/;

const GO: Pick<DependencyEntry, 'ecosystem' | 'scope' | 'direct' | 'integrity'> = {
  ecosystem: 'go',
  scope: 'production',
  direct: true,
  integrity: [],
};
const REGISTRY: DependencySource = { type: 'registry', url: null };

function parse(path: RepoPath, text: string): DependencyFile {
  const file = new GoMod(path);
  for (const statement of goStatements(text)) file.add(statement);
  return file.done();
}

class GoMod {
  private readonly entries: DependencyEntry[] = [];
  private readonly ids = new Ids();
  private readonly once = new Map<string, string>();
  private readonly retracted: string[] = [];
  private readonly replaced = new Map<string, string>();
  private readonly tools: GoStatement[] = [];
  private readonly required = new Map<string, DependencyEntry>();
  private isEmpty = true;

  constructor(private readonly path: RepoPath) {}

  add(statement: GoStatement): void {
    const { verb, words, line } = statement;
    this.isEmpty = false;
    switch (verb) {
      case 'module':
      case 'go':
      case 'toolchain':
        this.single(statement);
        break;
      case 'require':
        this.require(statement);
        break;
      case 'exclude':
        this.exclude(statement);
        break;
      case 'replace':
        this.replace(statement);
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

  private single(statement: GoStatement): void {
    const { verb, line } = statement;
    const value = argument(statement);
    if (this.once.has(verb)) throw new ManifestError(`repeated ${verb} statement`, line);
    if (verb === 'go' && !GO_VERSION.test(value))
      throw new ManifestError(`invalid go version ${value}`, line, 'write it as 1.23 or 1.23.0');
    this.once.set(verb, value);
  }

  private require(statement: GoStatement): void {
    const [name, range] = moduleAndVersion(statement);
    const { comment, line } = statement;
    const entry: DependencyEntry = {
      ...GO,
      id: this.ids.of(`require/${name}`),
      role: 'dependency',
      name,
      version: canonicalVersion(range),
      range,
      direct: !/^\s*indirect(?:\s*$|;(?:\s|$))/.test(comment),
      source: REGISTRY,
      line,
    };
    this.entries.push(entry);
    this.required.set(name, entry);
  }

  private exclude(statement: GoStatement): void {
    const [name, version] = moduleAndVersion(statement);
    this.entries.push({
      ...GO,
      id: this.ids.of(`exclude/${name}@${version}`),
      role: 'definition',
      name,
      version: null,
      range: `!${version}`,
      source: REGISTRY,
      line: statement.line,
    });
  }

  private replace({ words, line }: GoStatement): void {
    const arrow = words.indexOf('=>');
    const [old, oldVersion] = words;
    const [to, version, ...more] = words.slice(arrow + 1);
    if (arrow < 1 || arrow > 2 || old === undefined || to === undefined || more.length > 0)
      throw new ManifestError(
        'a replace that can’t be read',
        line,
        'write it as `replace old [v1.2.3] => new v1.2.3`, or `=> ../folder`',
      );
    const left = arrow === 2 ? `${old}@${oldVersion}` : old;
    checkVersion(old, arrow === 2 ? (oldVersion ?? '') : null, line);
    const right = version === undefined ? to : `${to}@${version}`;
    const before = this.replaced.get(left);
    if (before !== undefined && before !== right)
      throw new ManifestError(`conflicting replacements for ${left}: ${before} and ${right}`, line);
    this.replaced.set(left, right);
    const isFolder = isFolderPath(to);
    if (isFolder !== (version === undefined))
      throw new ManifestError(
        isFolder
          ? `the folder ${to} can’t have a version`
          : `${to} has no version and is no folder (rooted, or with ./ or ../ before it)`,
        line,
      );
    if (version !== undefined) checkVersion(to, version, line, false);
    this.entries.push({
      ...GO,
      id: this.ids.of(`replace/${left}`),
      role: 'redirect',
      name: isFolder ? old : to,
      alias: old,
      version: version === undefined ? null : canonicalVersion(version),
      range: version ?? null,
      source: isFolder ? { type: 'path', path: within(folderOf(this.path), to), written: to } : REGISTRY,
      line,
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
  private tool({ words: [path = ''], line }: GoStatement): DependencyEntry {
    const id = this.ids.of(`tool/${path}`);
    const module = this.once.get('module');
    let provider: DependencyEntry | null = null;
    let own = false;
    for (let prefix = path; prefix !== '' && provider === null && !own; prefix = folderOf(prefix)) {
      own = prefix === module;
      provider = this.required.get(prefix) ?? null;
    }
    const name = own ? (module ?? path) : (provider?.name ?? path);
    return {
      ...GO,
      id,
      role: 'dependency',
      name,
      ...(name === path ? {} : { alias: path }),
      version: own ? null : (provider?.version ?? null),
      range: own ? null : (provider?.range ?? null),
      scope: 'development',
      source: own ? { type: 'workspace', path: folderOf(this.path) } : REGISTRY,
      line,
    };
  }

  done(): DependencyFile {
    const name = this.once.get('module') ?? null;
    // An empty go.mod hides a folder from the module around it.
    if (name === null && !this.isEmpty)
      throw new ManifestError('there is no module directive', 1, 'write `module path/of/it` first');
    const tools = this.tools.map(tool => this.tool(tool));
    return {
      path: this.path,
      format: 'go-mod',
      ecosystem: 'go',
      role: 'manifest',
      project: { name, version: null, license: null },
      entries: [...this.entries, ...tools],
      roots: {},
      includes: [],
      ...(this.retracted.length === 0 ? {} : { exports: { retract: this.retracted.join(' ') } }),
    };
  }
}

function argument({ verb, words, line }: GoStatement): string {
  const [value] = words;
  if (value === undefined || value === '' || words.length > 1)
    throw new ManifestError(`${verb} takes exactly one argument`, line);
  return value;
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

/** A branch or a commit in place of a version is left to the go command, which settles and rewrites it. */
function checkVersion(path: string, written: string | null, line: number, mustFit = true): void {
  if (written !== null && (written === '' || '()[]{},=>'.includes(written)))
    throw new ManifestError(`${path} has no version that can be read`, line);
  const major = pathMajor(path);
  const version = written === null ? null : canonicalVersion(written);
  if (!mustFit) return;
  if (major === null) throw new ManifestError(`${path} is no module’s path`, line);
  if (version !== null && !fitsMajor(version, major))
    throw new ManifestError(
      `${path} can’t have the version ${written}`,
      line,
      'the path’s last part says the major version: /v2 and so on',
    );
}

function isFolderPath(path: string): boolean {
  return /^(?:\.{0,2}[\\/]|[a-z]:)/i.test(path);
}

/** A folder that stands in for a module is called what its own go.mod calls it. */
function link(file: DependencyFile, files: DependencyFiles): DependencyFile {
  return {
    ...file,
    entries: file.entries.map(entry => {
      if (entry.source.type !== 'path' || entry.source.path === null) return entry;
      const folder = entry.source.path;
      const name = files.file(folder === '' ? 'go.mod' : `${folder}/go.mod`)?.project.name;
      return name === null || name === undefined ? entry : { ...entry, name };
    }),
  };
}
