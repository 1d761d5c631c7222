import type { RepoPath } from '../../../model/brand.js';
import { repoPath } from '../../../model/brand.js';
import type { ContextSources } from '../language-resolver.js';
import { baseName, below, folderOf, join } from '../paths.js';
import type { AutoloadRoot, LoadRoot, RubyContext } from './context.js';
import { autoloadFolders, inflectionsOf, lockedGems, pushedFolders } from './settings.js';

/** Folders of `app` that every new application has: roots wherever there is an application. */
const USUAL = ['channels', 'controllers', 'helpers', 'jobs', 'mailers', 'models'] as const;
const CONCERNS: ReadonlySet<string> = new Set(['controllers', 'models']);
const NOT_CODE: ReadonlySet<string> = new Set(['assets', 'javascript', 'views']);

const APPLICATION = /(?:^|\/)config\/application\.rb$/;
const INITIALIZER = /(?:^|\/)config\/initializers\/(?:inflections|zeitwerk|autoload(?:ers?|_paths)?)\.rb$/;
const ENGINE = /(?:^|\/)lib\/(?:[^/]+\/)*engine\.rb$/;
const MAIN = /(?:^|\/)lib\/[^/]+\.rb$/;
const FOREIGN = /(?:^|\/)(?:node_modules|vendor\/(?:bundle|gems|cache))\//;
const IN_APP = /(?:^|\/)app\/([^/]+)\/(concerns\/)?/;

export function isRubyConfig(path: string): boolean {
  const name = baseName(path);
  const isNamed = name.endsWith('.gemspec') || name === 'Gemfile.lock' || name === 'package.yml';
  const isCode = name.endsWith('.rb') && [APPLICATION, INITIALIZER, ENGINE, MAIN].some(one => one.test(path));
  return (isNamed || isCode) && !FOREIGN.test(path);
}

/** Files that may make a folder of `app`, and so a root, come or go. */
export function isRubyLandmark(path: string): boolean {
  const match = IN_APP.exec(path);
  const folder = match?.[1];
  if (folder === undefined || NOT_CODE.has(folder)) return false;
  const isUsual = (USUAL as readonly string[]).includes(folder);
  return !isUsual || (match?.[2] !== undefined && !CONCERNS.has(folder));
}

interface Owner {
  readonly folder: string;
  readonly scope: string;
  readonly hasApp: boolean;
}

class ContextBuilder {
  private readonly owners = new Map<string, Owner>();
  private readonly autoloads: AutoloadRoot[] = [];
  private readonly owned = new Set<string>();
  private readonly acronyms = new Set<string>();
  private readonly inflections = new Map<string, string>();
  private readonly locked = new Set<string>();
  private readonly loads: LoadRoot[] = [];

  constructor(private readonly sources: ContextSources) {}

  async build(paths: readonly RepoPath[]): Promise<RubyContext> {
    for (const path of paths) await this.owner(path);
    for (const path of paths) await this.read(path);
    for (const owner of [...this.owners.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1)))
      this.roots(owner);
    for (const written of this.sources.settings.roots ?? []) {
      const path = join('', written);
      if (path === null) continue;
      this.loads.push({ path, owner: '', isShared: true });
      this.autoloads.push({ path, owner: '', scope: '' });
    }
    // Last of all the root itself: `$:.unshift __dir__` in a Rakefile.
    for (const folder of ['lib', 'spec', 'test', ''])
      this.loads.push({ path: folder, owner: '', isShared: false });
    return {
      loads: distinct(this.loads),
      autoloads: distinct(this.autoloads),
      acronyms: [...this.acronyms].sort(),
      inflections: [...this.inflections].sort(([one], [other]) => (one < other ? -1 : 1)),
      owned: [...this.owned].sort(),
      locked: [...this.locked].sort(),
    };
  }

  private add(folder: string, scope: string, hasApp: boolean): void {
    const known = this.owners.get(folder);
    this.owners.set(folder, {
      folder,
      scope: known === undefined || known.scope.length > scope.length ? scope : known.scope,
      hasApp: hasApp || known?.hasApp === true,
    });
  }

  /** Which folders are gems, engines, packs and applications. */
  private async owner(path: RepoPath): Promise<void> {
    const name = baseName(path);
    const folder = folderOf(path);
    if (name.endsWith('.gemspec')) {
      this.add(folder, '', false);
      this.owned.add(name.slice(0, -'.gemspec'.length));
    } else if (name === 'package.yml' && folder !== '') this.add(folder, '', true);
    else if (APPLICATION.test(path)) this.add(folderOf(folder), applicationScope(folderOf(folder)), true);
    else if (ENGINE.test(path)) {
      const text = await this.sources.text(path);
      if (text?.includes('Rails::Engine') === true)
        this.add(path.slice(0, Math.max(0, path.lastIndexOf('lib/') - 1)), '', true);
    }
  }

  private async read(path: RepoPath): Promise<void> {
    const name = baseName(path);
    const folder = folderOf(path);
    if (MAIN.test(path)) {
      const owner = folderOf(folder);
      if (!this.owners.has(owner)) return;
      this.owned.add(name.slice(0, -'.rb'.length));
      const text = await this.sources.text(path);
      if (text?.includes('Zeitwerk') === true) this.loader(owner, folder, text);
    } else if (name === 'Gemfile.lock') {
      for (const gem of lockedGems((await this.sources.text(path)) ?? '')) this.locked.add(gem);
    } else if (APPLICATION.test(path) || INITIALIZER.test(path) || ENGINE.test(path)) {
      const base = APPLICATION.test(path) ? folderOf(folder) : this.ownerOf(path);
      if (base !== null) this.configured(base, (await this.sources.text(path)) ?? '');
    }
  }

  private ownerOf(path: string): string | null {
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      if (this.owners.has(folder)) return folder;
      if (folder === '') return null;
    }
  }

  /** A gem with a loader of its own. */
  private loader(owner: string, folder: string, text: string): void {
    if (/\bfor_gem(?:_extension)?\b/.test(text)) this.autoloads.push({ path: folder, owner, scope: '' });
    for (const { path, namespace } of pushedFolders(text)) {
      const full = join(folder, path);
      if (full === null) continue;
      this.autoloads.push({ path: full, owner, scope: '', ...(namespace !== null && { namespace }) });
    }
    this.inflect(text);
  }

  private configured(owner: string, text: string): void {
    const scope = this.owners.get(owner)?.scope ?? owner;
    if (/\bconfig\.autoload_lib(?:_once)?\b/.test(text))
      this.autoloads.push({ path: below(owner, 'lib'), owner, scope });
    for (const written of autoloadFolders(text))
      for (const path of this.expand(owner, written)) this.autoloads.push({ path, owner, scope });
    this.inflect(text);
  }

  private inflect(text: string): void {
    const { acronyms, inflections } = inflectionsOf(text);
    for (const acronym of acronyms) this.acronyms.add(acronym);
    for (const [name, constant] of inflections) this.inflections.set(constant, name);
  }

  /** Folders that a pattern with `*` for whole names stands for. */
  private expand(owner: string, written: string): readonly string[] {
    let found: readonly string[] = [owner];
    for (const segment of written.split('/')) {
      if (segment === '' || segment === '.') continue;
      found = found.flatMap(folder => {
        if (segment === '..') return folder === '' ? [] : [folderOf(folder)];
        if (segment !== '*') return [below(folder, segment)];
        return this.folders(folder);
      });
    }
    return found;
  }

  private folders(folder: string): readonly string[] {
    const { listing } = this.sources;
    return [...listing.children(folder)].sort().flatMap(name => {
      const path = below(folder, name);
      return listing.hasFolder(path) ? [path] : [];
    });
  }

  private roots({ folder, scope, hasApp }: Owner): void {
    for (const name of ['lib', 'ext'])
      this.loads.push({ path: below(folder, name), owner: folder, isShared: true });
    for (const name of ['test', 'spec'])
      this.loads.push({ path: below(folder, name), owner: folder, isShared: false });
    if (!hasApp) return;
    const app = below(folder, 'app');
    const others = this.folders(app)
      .map(baseName)
      .filter(name => !NOT_CODE.has(name));
    for (const name of new Set([...USUAL, ...others].sort())) {
      const path = below(app, name);
      this.autoloads.push({ path, owner: folder, scope });
      const concerns = below(path, 'concerns');
      if (CONCERNS.has(name) || this.sources.listing.hasFolder(concerns))
        this.autoloads.push({ path: concerns, owner: folder, scope });
    }
  }
}

/** An application is its own files' only; one for an engine's tests is the engine's. */
function applicationScope(folder: string): string {
  const match = /^(.*?)\/?(?:^|\b)(?:test|spec)\/[^/]+$/.exec(folder);
  return match?.[1] ?? folder;
}

function distinct<T extends object>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map(item => [JSON.stringify(item), item])).values()];
}

/** Reads where Ruby loads files and constants from. */
export async function readRubyContext(sources: ContextSources): Promise<RubyContext> {
  const paths: RepoPath[] = [];
  for (const { mode, path } of sources.listing.entries())
    if (mode !== '160000' && mode !== '120000' && isRubyConfig(path)) paths.push(repoPath(path));
  return new ContextBuilder(sources).build(paths.sort());
}
