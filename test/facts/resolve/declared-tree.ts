import { listingOf } from '../../../bench/oracle/listing.js';
import type { ImportLanguage } from '../../../src/facts/imports/language.js';
import type { LanguageResolver, Terminal } from '../../../src/facts/resolve/language-resolver.js';
import { type RepoPath, repoPath } from '../../../src/model/brand.js';
import type { Json } from '../../../src/model/canonical.js';
import type { ResolveSettings } from '../../../src/model/decision.js';

/** A tree of one family whose resolution depends on what its files declare. */
export interface DeclaredTree {
  readonly context: Json;
  /** Where each import of some code ends: `a/B.java`, `a/` (folders, joined by `+`), `maven:a.b/C`, `? first candidate`. */
  ends(from: string, code: string): readonly string[];
  /** The places that its only import asks for when none holds a file, and where it ends then. */
  asked(from: string, code: string): readonly string[];
}

function shown(terminal: Terminal, first: string | undefined): string {
  switch (terminal.type) {
    case 'package': {
      const aliases = terminal.aliases === undefined ? '' : ` (${terminal.aliases.join()})`;
      const subpath = terminal.subpath === undefined ? '' : `/${terminal.subpath}`;
      return `${terminal.ecosystem}:${terminal.name}${subpath}${aliases}`;
    }
    case 'builtin':
      return `${terminal.ecosystem}:${terminal.name}`;
    case 'folders':
      return terminal.paths.map(path => `${path}/`).join(' + ');
    case 'unresolved':
      return `? ${first ?? 'nowhere'}`;
    default:
      return terminal.type;
  }
}

/** @param files path → text */
export async function declaredTree(
  resolver: LanguageResolver,
  languages: readonly ImportLanguage[],
  files: Readonly<Record<string, string>>,
  settings: ResolveSettings = {},
): Promise<DeclaredTree> {
  const languageOf = (path: string): ImportLanguage | undefined =>
    languages.find(({ extensions }) => extensions.some(extension => path.endsWith(`.${extension}`)));
  const declared = new Map<RepoPath, readonly string[]>();
  for (const [path, text] of Object.entries(files)) {
    const extraction = languageOf(path)?.extract(path, text);
    if (extraction?.ok === true) declared.set(repoPath(path), extraction.declares ?? []);
  }
  const listing = listingOf(Object.keys(files));
  const context = await resolver.readContext({
    listing,
    settings,
    text: async path => files[path] ?? null,
    mistake: (path, message) => {
      throw new Error(`${path}: ${message}`);
    },
    declarations: async () => declared,
  });
  // As it comes back from the cache.
  const cached = JSON.parse(JSON.stringify(context)) as Json;
  const members = new Set(
    [...declared.keys()]
      .filter(path => resolver.isMember?.(path) !== false)
      .map(path => path.slice(0, path.lastIndexOf('/') + 1)),
  );
  const walk = (from: string, code: string, isThere: (place: string) => boolean): readonly string[][] => {
    const extraction = languageOf(from)?.extract(from, code);
    if (extraction?.ok !== true) throw new Error(`${from} can't be read`);
    return extraction.sites.map(site => {
      const places: string[] = [];
      const terminal = resolver.walk(cached, repoPath(from), site, place => {
        places.push(place);
        return isThere(place);
      });
      return [...places, terminal === null ? (places.at(-1) ?? '') : shown(terminal, places[0])];
    });
  };
  const exists = (place: string): boolean => (place.endsWith('/') ? members.has(place) : listing.has(place));
  return {
    context,
    ends: (from, code) => walk(from, code, exists).map(places => places.at(-1) ?? ''),
    asked: (from, code) => walk(from, code, () => false)[0] ?? [],
  };
}
