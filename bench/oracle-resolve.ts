/**
 * Compares where lintel says an import ends with `ts.resolveModuleName` over the files of a git revision held
 * in memory: relative specifiers, and those that tsconfig `paths`, `baseUrl` or a workspace lead into the tree.
 *
 *     node --import tsx bench/oracle-resolve.ts --repo PATH [--rev REV] [--samples N]
 */
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { languageOf } from '../src/facts/imports/index.js';
import { readContext, resolveImport } from '../src/facts/resolve/index.js';
import { repoPath } from '../src/model/brand.js';
import { targetName } from '../src/model/edges.js';
import { listBlobs, readBlobs } from './oracle/blobs.js';
import { listingOf } from './oracle/listing.js';

const { values } = parseArgs({
  options: {
    repo: { type: 'string' },
    rev: { type: 'string', default: 'HEAD' },
    samples: { type: 'string', default: '10' },
  },
});
if (values.repo === undefined) throw new Error('--repo PATH is missing');

const blobs = listBlobs(values.repo, values.rev);
const wanted = blobs.filter(
  ({ path }) => languageOf(path)?.family === 'ecmascript' || path.endsWith('.json') || path.endsWith('.yaml'),
);
const texts = new Map<string, string>();
for (const [blob, text] of readBlobs(values.repo, wanted)) texts.set(blob.path, text);
const listing = listingOf(blobs.map(blob => blob.path));

const root = '/tree/';
const inTree = (path: string): string => path.slice(root.length);
const host: ts.ParseConfigHost & ts.ModuleResolutionHost = {
  useCaseSensitiveFileNames: true,
  fileExists: path => listing.has(inTree(path)),
  readFile: path => texts.get(inTree(path)),
  directoryExists: path => path === '/tree' || listing.hasFolder(inTree(path).replace(/\/$/, '')),
  realpath: path => path,
  readDirectory: () => [],
};

const start = performance.now();
const read = async (path: string): Promise<string | null> => texts.get(path) ?? null;
// What the other languages of the tree declare matters to none of these imports.
const context = await readContext(listing, read, {}, async () => new Map());
console.log(`context: ${(performance.now() - start).toFixed(0)} ms, ${JSON.stringify(context).length} bytes`);
for (const problem of context.problems) console.log(`  ${problem.path}:${problem.line} ${problem.message}`);

const parsed = new Map<string, ts.CompilerOptions>();
function optionsFor(path: string): ts.CompilerOptions {
  const config = ts.findConfigFile(`${root}${path}`, host.fileExists);
  let options = parsed.get(config ?? '');
  if (options === undefined) {
    options =
      config === undefined
        ? {}
        : ts.parseJsonConfigFileContent(
            ts.readConfigFile(config, host.readFile).config,
            host,
            config.slice(0, config.lastIndexOf('/')),
            undefined,
            config,
          ).options;
    parsed.set(config ?? '', options);
  }
  return {
    ...options,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
    allowJs: true,
    resolveJsonModule: true,
  };
}

const count = {
  imports: 0,
  equal: 0,
  'lintel alone': 0,
  'TypeScript alone': 0,
  different: 0,
  'outside, both': 0,
};
const ends: Record<string, number> = {};
const samples = new Map<string, string[]>();
let time = 0;
for (const [path, text] of texts) {
  const language = languageOf(path);
  const extraction = language?.family === 'ecmascript' ? language.extract(path, text) : null;
  if (extraction?.ok !== true) continue;
  const options = optionsFor(path);
  for (const site of extraction.sites) {
    if (site.specifier === null || site.form !== undefined) continue;
    const begin = performance.now();
    const [target] = resolveImport(context, listing, repoPath(path), site);
    time += performance.now() - begin;
    if (target === undefined) continue;
    ends[target.type] = (ends[target.type] ?? 0) + 1;
    const resolved = ts.resolveModuleName(site.specifier, `${root}${path}`, options, host).resolvedModule;
    const theirs = resolved === undefined ? null : inTree(resolved.resolvedFileName);
    const ours = target.type === 'file' || target.type === 'asset' ? target.path : null;
    count.imports++;
    if (ours === null && theirs === null) count['outside, both']++;
    else if (ours === theirs) count.equal++;
    else {
      const what = theirs === null ? 'lintel alone' : ours === null ? 'TypeScript alone' : 'different';
      count[what]++;
      const list = samples.get(what) ?? [];
      samples.set(what, list);
      const extension = ours?.slice(ours.lastIndexOf('.')) ?? '';
      if (list.length < Number(values.samples) || !list.some(one => one.includes(`[${extension}]`)))
        list.push(
          `${path}:${site.line} ${site.specifier} → ${targetName(target)} (${target.type}) [${extension}] | ${theirs}`,
        );
    }
  }
}
for (const [what, number] of Object.entries({ ...count, ...ends }))
  console.log(`${what.padEnd(20)} ${number}`);
console.log(`${'resolution'.padEnd(20)} ${time.toFixed(0)} ms`);
for (const [what, list] of samples) console.log(`\n${what}:\n  ${list.join('\n  ')}`);
