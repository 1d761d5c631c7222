import type { RepoPath } from '../../../model/brand.js';
import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import { type DependencyFiles, ManifestError, type ManifestFormat } from '../format.js';
import { canonicalVersion } from './versions.js';

/**
 * Checksums of what the go command has downloaded for the module beside it. A version's own archive and its go.mod
 * have a line each, and are one entry: the go.mod's digest has `/go.mod ` before it. One with no other was only looked
 * at for its requirements: nothing is built from it.
 */
export const goSum: ManifestFormat = { parse, link };

/** Of a go.mod that is missing: an old mistake of the go command, which drops it, too. */
const EMPTY_GO_MOD = 'h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=';
const OF_GO_MOD = '/go.mod';

function parse(path: RepoPath, text: string): DependencyFile {
  const entries = new Map<string, DependencyEntry & { readonly integrity: string[] }>();
  let line = 0;
  for (let at = 0; at < text.length; ) {
    line++;
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    const fields = fieldsOf(text.slice(at, end));
    at = end + 1;
    if (fields.length === 0) continue;
    const [name, written, digest] = fields;
    if (name === undefined || written === undefined || digest === undefined || fields.length > 3)
      throw new ManifestError(
        `malformed go.sum: ${fields.length} fields instead of 3`,
        line,
        'run go mod tidy; if the file was cut off, restore it',
      );
    if (digest === EMPTY_GO_MOD) continue;
    const isGoMod = written.endsWith(OF_GO_MOD);
    const version = isGoMod ? written.slice(0, -OF_GO_MOD.length) : written;
    if (canonicalVersion(version) === null || !isDigest(digest))
      throw new ManifestError(`malformed go.sum: ${fields.join(' ')}`, line, 'run go mod tidy');
    const integrity = isGoMod ? `${OF_GO_MOD} ${digest}` : digest;
    const id = `${name}@${version}`;
    const entry = entries.get(id);
    if (entry !== undefined) {
      if (!entry.integrity.includes(integrity)) entry.integrity.push(integrity);
      continue;
    }
    entries.set(id, {
      id,
      role: 'dependency',
      ecosystem: 'go',
      name,
      version,
      range: null,
      scope: 'production',
      direct: null,
      source: { type: 'registry', url: null },
      integrity: [integrity],
      line,
    });
  }
  return {
    path,
    format: 'go-sum',
    ecosystem: 'go',
    role: 'lock',
    project: { name: null, version: null, license: null },
    entries: [...entries.values()].map(withRole),
    roots: {},
    includes: [],
  };
}

/** Nothing is built from a module of which only the go.mod was looked at: that wants nothing. */
function withRole(entry: DependencyEntry): DependencyEntry {
  return entry.integrity.every(digest => digest.startsWith(OF_GO_MOD))
    ? { ...entry, role: 'definition' }
    : entry;
}

/** The plain case without a regular expression: files have megabytes of it. */
function fieldsOf(line: string): readonly string[] {
  const fields = line.split(' ');
  const isPlain = fields.length === 3 && !/[\t\r\v\f\u0085\u00a0]/.test(line) && !fields.includes('');
  return isPlain ? fields : line.split(/\s+/).filter(field => field !== '');
}

/** `h1:` and 32 bytes in base64: a line that was cut off has fewer. Other algorithms are passed on as they are. */
function isDigest(digest: string): boolean {
  return digest.startsWith('h1:') ? /^h1:[0-9A-Za-z+/]{43}=$/.test(digest) : /^[a-z]\w*:./.test(digest);
}

/** What the go.mod beside it requires, and of that what is marked `// indirect`: go.sum itself doesn't tell. */
function link(file: DependencyFile, files: DependencyFiles): DependencyFile {
  const folder = file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')));
  const manifest = files.file(folder === '' ? 'go.mod' : `${folder}/go.mod`);
  if (manifest === null) return file;
  const replaced = new Map<string, string>();
  for (const { id, role, name, version } of manifest.entries)
    if (role === 'redirect') replaced.set(id.slice('replace/'.length), `${name}@${version}`);
  const known = new Set(file.entries.map(({ id }) => id));
  const wanted = new Map<string, boolean>();
  for (const { role, name, version, direct, source } of manifest.entries) {
    if (role !== 'dependency' || source.type !== 'registry') continue;
    const asked = `${name}@${version}`;
    const id = replaced.get(asked) ?? replaced.get(name) ?? asked;
    if (known.has(id)) wanted.set(id, wanted.get(id) === true || direct === true);
  }
  return {
    ...file,
    entries: file.entries.map(entry => ({ ...entry, direct: wanted.get(entry.id) === true })),
    roots: { [folder]: [...wanted.keys()] },
  };
}
