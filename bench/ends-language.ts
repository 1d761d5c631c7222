/**
 * Tells where the imports of one language end, over every file of a git revision (HEAD):
 *
 *     node --import tsx bench/ends-language.ts --language NAME --repo PATH [--samples N] [--end TYPE]
 *
 * `--samples` prints so many imports that end as `--end` (default: unresolved), spread evenly over all of them.
 */
import { parseArgs } from 'node:util';
import { c } from '../src/facts/imports/c.js';
import { go } from '../src/facts/imports/go.js';
import type { ImportLanguage } from '../src/facts/imports/language.js';
import { rust } from '../src/facts/imports/rust.js';
import { cResolver } from '../src/facts/resolve/c.js';
import { goResolver } from '../src/facts/resolve/go.js';
import type { LanguageResolver } from '../src/facts/resolve/language-resolver.js';
import { rustResolver } from '../src/facts/resolve/rust.js';
import { repoPath } from '../src/model/brand.js';
import type { Json } from '../src/model/canonical.js';
import type { ImportSite } from '../src/model/edges.js';
import { listBlobs, readBlobs } from './oracle/blobs.js';
import { listingOf } from './oracle/listing.js';

const LANGUAGES: Readonly<Record<string, readonly [ImportLanguage, LanguageResolver]>> = {
  go: [go, goResolver],
  rust: [rust, rustResolver],
  c: [c, cResolver],
};

const { values } = parseArgs({
  options: {
    language: { type: 'string' },
    repo: { type: 'string' },
    root: { type: 'string', multiple: true },
    samples: { type: 'string', default: '30' },
    end: { type: 'string', default: 'unresolved' },
  },
});
const pair = LANGUAGES[values.language ?? ''];
if (pair === undefined) throw new Error(`--language must be one of ${Object.keys(LANGUAGES).join(', ')}`);
if (values.repo === undefined) throw new Error('--repo PATH is missing');
const { repo } = values;
const [language, resolver] = pair;

const blobs = listBlobs(repo, 'HEAD');
const oidOf = new Map(blobs.map(blob => [blob.path, blob]));
const listing = listingOf(oidOf.keys());
const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).toLowerCase();
const isCode = (path: string): boolean => language.extensions.includes(extensionOf(path));
const members = new Set<string>();
for (const { path } of blobs)
  if (isCode(path) && resolver.isMember?.(path) !== false)
    members.add(path.slice(0, path.lastIndexOf('/') + 1) || '/');

let began = performance.now();
const context: Json = JSON.parse(
  JSON.stringify(
    await resolver.readContext({
      listing,
      settings: { roots: values.root ?? [] },
      text: async path => {
        const blob = oidOf.get(path);
        if (blob === undefined) return null;
        const [read] = readBlobs(repo, [blob]);
        return read?.[1] ?? null;
      },
      mistake: (path, message) => console.error(`${path}: ${message}`),
      declarations: async () => new Map(),
    }),
  ),
);
console.log(`context   ${JSON.stringify(context).length} bytes, ${Math.round(performance.now() - began)} ms`);

const counts = new Map<string, number>();
const kept: string[] = [];
let probes = 0;
let seconds = 0;

function end(from: string, site: ImportSite): string {
  let found: string | null = null;
  const terminal = resolver.walk(context, repoPath(from), site, path => {
    probes++;
    const isFolder = path.endsWith('/');
    if (isFolder ? members.has(path) : listing.has(path))
      found = isFolder ? 'folder' : isCode(path) ? 'file' : 'asset';
    if (found !== null && values.end === found) last = path;
    return found !== null;
  });
  if (found !== null) return found;
  if (terminal === null) throw new Error(`${from}: no probe was answered`);
  last = 'name' in terminal ? terminal.name : '';
  return terminal.type;
}

let last = '';
let imports = 0;
for (const [{ path }, text] of readBlobs(
  repo,
  blobs.filter(blob => isCode(blob.path)),
)) {
  const extraction = language.extract(path, text);
  if (!extraction.ok) {
    console.error(`${path}:${extraction.line}: ${extraction.message}`);
    continue;
  }
  began = performance.now();
  for (const site of extraction.sites) {
    imports++;
    const type = end(path, site);
    counts.set(type, (counts.get(type) ?? 0) + 1);
    if (type === values.end)
      kept.push(`${path}:${site.line} ${site.form ?? site.kind} ${site.specifier} ${last}`);
  }
  seconds += (performance.now() - began) / 1000;
}
console.log(`imports   ${imports}, ${(probes / imports).toFixed(1)} probes each, ${seconds.toFixed(2)} s`);
for (const [type, count] of [...counts].sort((one, other) => other[1] - one[1]))
  console.log(`${type.padEnd(10)} ${count}`);
const samples = Number(values.samples);
for (let at = 0; at < samples && at < kept.length; at++)
  console.log(`  ${kept[Math.floor((at * kept.length) / Math.min(samples, kept.length))]}`);
