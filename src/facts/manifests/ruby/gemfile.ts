import type { DependencyScope, DependencySource } from '../../../model/dependency.js';
import { below, folderOf } from '../../resolve/paths.js';
import type { ManifestFormat } from '../format.js';
import { EntryList, pathFrom } from '../syntax/entries.js';
import { argumentsOf, literal, literals, type RubyArguments, writtenRuby } from './arguments.js';
import { linkGemfile } from './gemfile-link.js';
import { type RubyStatement, rubyStatements } from './statements.js';
import { type RubyToken, tokenizeRuby } from './tokens.js';
import { exactVersion } from './versions.js';

/** Gemfile: Ruby code; what it declares in Bundler's own words is read without running it. */
export const gemfile: ManifestFormat = {
  parse(path, text) {
    const list = new EntryList('gem');
    const folder = folderOf(path);
    const includes: string[] = [];
    const reader = new GemfileReader(list, folder, includes);
    for (const statement of rubyStatements(tokenizeRuby(text))) reader.read(statement);
    return {
      path,
      format: 'gemfile',
      ecosystem: 'gem',
      role: 'manifest',
      project: { name: null, version: null, license: null },
      entries: list.entries,
      roots: {},
      includes,
    };
  },
  link: linkGemfile,
};

const HOSTS: ReadonlyMap<string, string> = new Map([
  ['github', 'https://github.com/'],
  ['gist', 'https://gist.github.com/'],
  ['bitbucket', 'https://bitbucket.org/'],
  ['gitlab', 'https://gitlab.com/'],
]);
const DEVELOPMENT = /^(?:development|test|dev|testing|lint|rubocop|ci|doc|docs)$/;

class GemfileReader {
  /** Shortcuts for Git hosts that the Gemfile makes itself: what they lead to, with the argument's place as `%`. */
  private readonly shortcuts = new Map(HOSTS);
  private source: string | null = null;
  private readonly openings = new Map<RubyStatement, RubyArguments>();

  constructor(
    private readonly list: EntryList,
    private readonly folder: string,
    private readonly includes: string[],
  ) {}

  read(statement: RubyStatement): void {
    const { tokens } = statement;
    const at = commandAt(tokens);
    const command = tokens[at];
    if (command?.type !== 'word') return;
    const given = argumentsOf(tokens.slice(at + 1));
    if (command.value === 'gem' || command.value === 'plugin') this.gem(command, given, statement);
    else if (command.value === 'gemspec') this.gemspec(command, given);
    else if (command.value === 'eval_gemfile') this.include(command, given);
    else if (command.value === 'git_source') this.shortcuts.set(literal(given.plain[0]) ?? '', '');
    // Without a block it is for all that follows.
    else if (command.value === 'source' && !statement.opens)
      this.source = literal(given.plain[0]) ?? this.source;
  }

  private gem(command: RubyToken, given: RubyArguments, statement: RubyStatement): void {
    const [first, ...versions] = given.plain;
    if (first === undefined) return;
    const name = literal(first);
    const splat = name === null ? writtenRuby(first) : null;
    const wanted = versions.map(version => literals(version));
    const range =
      wanted.length > 0 && wanted.every(version => version !== null) ? wanted.flat().join(', ') : null;
    const isPlugin = command.value === 'plugin';
    this.list.add({
      id: `${isPlugin ? 'plugin' : 'gem'}/${name ?? `?${splat}`}`,
      name: name ?? `?${splat}`,
      range,
      version: range === null ? null : exactVersion(wanted.flatMap(version => version ?? [])),
      scope: isPlugin ? 'build' : this.scopeOf(given, statement),
      source: this.sourceOf(given, statement),
      line: command.line,
      ...(isPlugin ? { installScript: true as const } : {}),
    });
  }

  private sourceOf({ named }: RubyArguments, { within: blocks }: RubyStatement): DependencySource {
    const own = this.placed(named);
    if (own !== null) return own;
    for (const block of [...blocks].reverse()) {
      const [command] = block.tokens;
      const given = this.opening(block);
      const value =
        given.plain[0] === undefined ? null : (literal(given.plain[0]) ?? `?${writtenRuby(given.plain[0])}`);
      if (command?.type !== 'word' || value === null) continue;
      if (command.value === 'path') return this.path(value);
      if (command.value === 'git') return { type: 'git', url: value, revision: revisionOf(given.named) };
      if (command.value === 'github')
        return { type: 'git', url: this.hosted('github', value), revision: revisionOf(given.named) };
      if (command.value === 'source') return { type: 'registry', url: value };
    }
    return { type: 'registry', url: this.source };
  }

  /** Groups by custom: what is in none but those of development is not shipped. */
  private scopeOf({ named }: RubyArguments, { within: blocks }: RubyStatement): DependencyScope {
    const groups: string[] = [];
    let isOptional = false;
    for (const key of ['group', 'groups']) groups.push(...(literals(named.get(key)) ?? []));
    for (const block of blocks) {
      if (block.tokens[0]?.value !== 'group') continue;
      const given = this.opening(block);
      for (const part of given.plain) groups.push(...(literals(part) ?? []));
      isOptional ||= given.named.get('optional')?.[0]?.text === 'true';
    }
    if (groups.length > 0 && groups.every(group => DEVELOPMENT.test(group))) return 'development';
    return isOptional ? 'optional' : 'production';
  }

  /** Arguments of what opened a block, once for all that stands in it. */
  private opening(block: RubyStatement): RubyArguments {
    let given = this.openings.get(block);
    if (given === undefined) {
      given = argumentsOf(block.tokens.slice(1));
      this.openings.set(block, given);
    }
    return given;
  }

  /** Where the gem's own arguments say that it comes from. */
  private placed(named: RubyArguments['named']): DependencySource | null {
    const written = (key: string): string | null => {
      const tokens = named.get(key);
      return tokens === undefined ? null : (literal(tokens) ?? `?${writtenRuby(tokens)}`);
    };
    const path = written('path');
    if (path !== null) return this.path(path);
    const git = written('git');
    if (git !== null) return { type: 'git', url: git, revision: revisionOf(named) };
    for (const key of this.shortcuts.keys()) {
      const value = written(key);
      if (value !== null) return { type: 'git', url: this.hosted(key, value), revision: revisionOf(named) };
    }
    const source = written('source');
    return source === null ? null : { type: 'registry', url: source };
  }

  private path(written: string): DependencySource {
    return { type: 'path', path: written.startsWith('?') ? null : pathFrom(this.folder, written), written };
  }

  /** `rails/rails`, `rails` (which is `rails/rails`), or an address. */
  private hosted(key: string, value: string): string {
    if (value.includes('://') || value.startsWith('?')) return value;
    const base = this.shortcuts.get(key) ?? '';
    if (base === '') return `${key}:${value}`;
    const repository = key === 'gist' || value.includes('/') ? value : `${value}/${value}`;
    return `${base}${repository}.git`;
  }

  /** What the gemspec beside wants belongs to this Gemfile. */
  private gemspec(command: RubyToken, { named }: RubyArguments): void {
    const path = named.has('path') ? literal(named.get('path')) : '.';
    const place = path === null ? null : pathFrom(this.folder, path);
    const name = literal(named.get('name'));
    this.list.add({
      id: 'gemspec',
      name: name ?? '?gemspec',
      source: { type: 'path', path: place, written: path ?? '?' },
      line: command.line,
    });
    // Which one it is, where no name tells, `link` finds.
    if (place !== null && name !== null) this.includes.push(below(place, `${name}.gemspec`));
  }

  private include(command: RubyToken, { plain }: RubyArguments): void {
    const [tokens = []] = plain;
    const path = literal(tokens) ?? joinedPath(tokens);
    const place = path === null ? null : pathFrom(this.folder, path);
    if (place !== null) this.includes.push(place);
    else
      this.list.add({
        id: `eval_gemfile/${writtenRuby(tokens)}`,
        name: `?eval_gemfile ${writtenRuby(tokens)}`,
        source: { type: 'path', path: null, written: path ?? writtenRuby(tokens) },
        line: command.line,
      });
  }
}

/** `File.join(__dir__, "x")`, `File.expand_path("x", __dir__)`, `"#{__dir__}/x"`. */
function joinedPath(tokens: readonly RubyToken[]): string | null {
  const [only, ...more] = tokens;
  if (only?.type === 'dynamic' && more.length === 0)
    return only.text.startsWith('"#{__dir__}/')
      ? only.text.slice(12, -1).includes('#{')
        ? null
        : only.text.slice(12, -1)
      : null;
  const isJoin = tokens[0]?.text === 'File' && /^(?:join|expand_path)$/.test(tokens[2]?.text ?? '');
  if (!isJoin || !tokens.some(({ text }) => text === '__dir__' || text === '__FILE__')) return null;
  const parts = tokens.filter(({ type }) => type === 'text').map(({ value }) => value);
  const path = parts.join('/');
  // `expand_path("../x", __FILE__)` begins at the file itself.
  return tokens.some(({ text }) => text === '__FILE__') ? path.replace(/^\.\.\/?/, '') : path;
}

/** The statement's command: `if x then gem …` and `x = gem …` aside, the first word. */
function commandAt(tokens: readonly RubyToken[]): number {
  const [first] = tokens;
  if (first?.type === 'mark' && first.text === '|') {
    const end = tokens.findIndex(({ text }, index) => index > 0 && text === '|');
    return end + 1;
  }
  return first?.type === 'word' && first.value === 'Bundler'
    ? tokens.findIndex(({ value }) => value === 'gem')
    : 0;
}

function revisionOf(named: RubyArguments['named']): string | null {
  for (const key of ['ref', 'tag', 'branch']) {
    const tokens = named.get(key);
    if (tokens !== undefined) return literal(tokens) ?? `?${writtenRuby(tokens)}`;
  }
  return null;
}
