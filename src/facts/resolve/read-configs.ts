import { type RepoPath, repoPath } from '../../model/brand.js';
import { type ConfigSettings, readConfig, settle, type WrittenConfig } from './compiler-config.js';
import type { Aliases, CompilerConfig } from './context.js';
import type { ContextReader } from './context-reader.js';
import { generatedSettings } from './generated-configs.js';
import { below, folderOf, join } from './paths.js';
import { packageName } from './specifier.js';

/** Reads the configurations of a tree with all that they extend and refer to. */
export class ConfigReader {
  readonly aliases: Aliases[] = [];
  private readonly known = new Map<string, number>();
  private readonly written = new Map<RepoPath, WrittenConfig | null>();

  constructor(
    private readonly reader: ContextReader,
    private readonly packageFolders: ReadonlyMap<string, string>,
  ) {}

  /** @param roots every tsconfig.json and jsconfig.json @returns those and all that they refer to */
  async read(roots: readonly RepoPath[]): Promise<readonly CompilerConfig[]> {
    const order: RepoPath[] = [...roots];
    const referred = new Set<RepoPath>();
    const references = new Map<RepoPath, readonly RepoPath[]>();
    for (const path of order) {
      const own: RepoPath[] = [];
      for (const reference of (await this.load(path))?.references ?? []) {
        const target = this.referencePath(path, reference);
        if (target === null) continue;
        own.push(target);
        referred.add(target);
        if (!order.includes(target)) order.push(target);
      }
      references.set(path, own);
    }
    const configs: CompilerConfig[] = [];
    for (const path of order) {
      const indexes = (references.get(path) ?? []).map(target => order.indexOf(target));
      configs.push(
        settle(path, await this.folded(path, []), indexes, referred.has(path), one => this.intern(one)),
      );
    }
    return configs;
  }

  private intern(aliases: Aliases): number {
    const text = JSON.stringify(aliases);
    const at = this.known.get(text) ?? this.aliases.push(aliases) - 1;
    this.known.set(text, at);
    return at;
  }

  private referencePath(from: RepoPath, reference: string): RepoPath | null {
    const path = join(folderOf(from), reference);
    if (path === null) return null;
    const file = path.endsWith('.json') ? path : below(path, 'tsconfig.json');
    if (this.reader.exists(file)) return repoPath(file);
    if (generatedSettings(file) !== null) return null;
    this.reader.warn(from, `"references" names ${file}, which the tree does not hold`, reference);
    return null;
  }

  private async load(path: RepoPath): Promise<WrittenConfig | null> {
    const known = this.written.get(path);
    if (known !== undefined) return known;
    const reading = await this.reader.json(path, 'comments');
    const config =
      reading === null
        ? null
        : readConfig(path, reading.value, (key, expected) =>
            this.reader.mistake(
              path,
              key === '' ? `${expected} was expected` : `"${key}" must be ${expected}`,
              key,
            ),
          );
    this.written.set(path, config);
    return config;
  }

  /** The settings of a file over those that it extends; the last of several wins. A framework's count as extended. */
  private async folded(path: RepoPath, chain: readonly RepoPath[]): Promise<ConfigSettings> {
    if (chain.includes(path)) {
      this.reader.mistake(path, `"extends" goes in a circle: ${[...chain, path].join(' → ')}`, 'extends');
      return {};
    }
    const config = await this.load(path);
    if (config === null) return {};
    let settings: ConfigSettings = {};
    for (const reference of config.references) {
      const generated = generatedSettings(join(folderOf(path), reference) ?? '');
      if (generated !== null && this.referencePath(path, reference) === null) settings = generated;
    }
    for (const extended of config.extends) {
      const base = this.extended(path, extended);
      if (typeof base === 'string')
        settings = { ...settings, ...(await this.folded(base, [...chain, path])) };
      else if (base !== null) settings = { ...settings, ...base };
    }
    return { ...settings, ...config.settings };
  }

  /**
   * A package outside the tree can't be read from it, and says nothing about paths inside it: passed over.
   * A file that the tree lacks is warned of, unless it is known what a framework generates there.
   */
  private extended(from: RepoPath, written: string): RepoPath | ConfigSettings | null {
    const isPath = /^\.{0,2}\//.test(written) || written === '..' || written === '.';
    const path = isPath ? join(folderOf(from), written) : this.inPackage(written);
    if (path === null || path.split('/').includes('node_modules')) return null;
    for (const file of path.endsWith('.json')
      ? [path]
      : [`${path}.json`, path, below(path, 'tsconfig.json')]) {
      if (file !== '' && this.reader.exists(file)) return repoPath(file);
    }
    const generated = generatedSettings(path);
    if (generated !== null) return generated;
    this.reader.warn(
      from,
      `"extends" names ${JSON.stringify(written)}, which the tree does not hold`,
      written,
    );
    return null;
  }

  private inPackage(written: string): string | null {
    const parsed = packageName(written);
    const folder = parsed === null ? undefined : this.packageFolders.get(parsed.name);
    return parsed === null || folder === undefined ? null : join(folder, parsed.subpath);
  }
}
