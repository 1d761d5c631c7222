/**
 * Compares the imports that lintel finds with those of the TypeScript compiler's syntax tree, over every
 * TypeScript and JavaScript file of a git revision:
 *
 *     node --import tsx bench/oracle-imports.ts --repo PATH [--rev REV] [--under FOLDER] [--samples N] [--bytes N]
 *
 * Exits with 1 when an edge is missed or invented, or when `quick` and `extract` differ.
 */
import { parseArgs } from 'node:util';
import { languageOf } from '../src/facts/imports/index.js';
import type { ImportSite } from '../src/model/edges.js';
import { listBlobs, readBlobs } from './oracle/blobs.js';
import { type OracleSite, oracle } from './oracle/typescript-imports.js';

const { values } = parseArgs({
  options: {
    repo: { type: 'string' },
    rev: { type: 'string', default: 'HEAD' },
    under: { type: 'string', default: '' },
    samples: { type: 'string', default: '10' },
    // The oracle looks names up by walking the tree again: too slow for bundles of megabytes.
    bytes: { type: 'string', default: '600000' },
  },
});
if (values.repo === undefined) throw new Error('--repo PATH is missing');

interface Place {
  readonly line: number;
  readonly column: number;
}

function place(text: string, at: number): Place {
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

const edge = (site: { specifier: string | null } & Place): string =>
  `${site.line}:${site.column} ${JSON.stringify(site.specifier)}`;
const whole = (site: ImportSite | (OracleSite & Place)): string =>
  `${edge(site)} ${site.kind} ${site.typeOnly} ${site.form ?? ''} ${site.names?.join() ?? '-'}`;

const count = {
  files: 0,
  edges: 0,
  missed: 0,
  extra: 0,
  differing: 0,
  unparsable: 0,
  'unparsable, by TypeScript too': 0,
  proved: 0,
  'quick differs': 0,
  // There the compiler guesses, or does not know the syntax yet (`import source`).
  'differences beside syntax errors': 0,
};
const samples = new Map<string, string[]>();
const limit = Number(values.samples);
function sample(what: string, text: string): void {
  const list = samples.get(what) ?? [];
  samples.set(what, list);
  if (list.length < limit) list.push(text);
}

let extractTime = 0;
const blobs = listBlobs(values.repo, values.rev).filter(
  blob => blob.path.startsWith(values.under) && languageOf(blob.path)?.name.startsWith('ecmascript/'),
);
for (const [{ path }, raw] of readBlobs(values.repo, blobs)) {
  const language = languageOf(path);
  if (language === null) continue;
  const text = raw.replace(/^\uFEFF/, '');
  if (text.length > Number(values.bytes)) {
    console.error(`${path}: passed over, ${text.length} characters`);
    continue;
  }
  count.files++;
  const start = performance.now();
  const ours = language.extract(path, raw);
  extractTime += performance.now() - start;
  const quick = language.quick?.(path, raw) ?? null;
  if (quick !== null) {
    count.proved++;
    if (!ours.ok || JSON.stringify(ours.sites) !== JSON.stringify(quick)) count['quick differs']++;
  }
  const theirs = oracle(path, text);
  if (!ours.ok) {
    const alone = theirs.ok && theirs.problems === 0;
    count[alone ? 'unparsable' : 'unparsable, by TypeScript too']++;
    if (alone) sample('unparsable', `${path}:${ours.line}:${ours.column} ${ours.message}`);
    continue;
  }
  if (!theirs.ok) continue;
  const expected = theirs.sites.map((site: OracleSite) => ({ ...site, ...place(text, site.at) }));
  count.edges += expected.length;
  const differ = (what: 'missed' | 'extra' | 'differing', text: string): void => {
    const key = theirs.problems > 0 ? 'differences beside syntax errors' : what;
    count[key]++;
    sample(key, text);
  };
  const found = new Map(ours.sites.map(site => [edge(site), site]));
  for (const site of expected) {
    const same = found.get(edge(site));
    found.delete(edge(site));
    if (same === undefined) {
      differ('missed', `${path}:${whole(site)}`);
    } else if (whole(same) !== whole(site)) {
      differ('differing', `${path}:${whole(same)} | TypeScript: ${whole(site)}`);
    }
  }
  for (const site of found.values()) {
    differ('extra', `${path}:${whole(site)}`);
  }
}
for (const [what, number] of Object.entries(count)) console.log(`${what.padEnd(32)} ${number}`);
console.log(`${'share proved'.padEnd(32)} ${((100 * count.proved) / count.files).toFixed(1)} %`);
console.log(`${'extraction'.padEnd(32)} ${(extractTime / 1000).toFixed(2)} s`);
for (const [what, list] of samples) {
  console.log(`\n${what}:`);
  for (const text of list) console.log(`  ${text}`);
}
process.exitCode = count.missed + count.extra + count.differing + count['quick differs'] > 0 ? 1 : 0;
