import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import type { RepoPath } from '../../../model/brand.js';
import { canonicalPackage, type DependencyEntry, type DependencyFile } from '../../../model/dependency.js';
import { imageFacts } from '../docker/image.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { within } from '../npm/paths.js';
import { EntryList } from '../syntax/entries.js';

/**
 * A workflow of GitHub Actions, or an action of one's own: what it `uses`, and the images of its containers. The name
 * of an action is its repository's; the path in it stands in `alias`. A full commit as ref is its own integrity.
 */
export const githubActions: ManifestFormat = { parse };

/** Aliases can make much of little: no workflow that runs has as many. */
const MOST = 20_000;
const SHA = /^[0-9a-f]{40}$/i;

function parse(path: RepoPath, text: string): DependencyFile {
  const { entries, name } = new Uses(text, path.includes('.github/workflows/')).read();
  return {
    path,
    format: 'github-actions',
    ecosystem: 'gha',
    role: 'manifest',
    project: { name, version: null, license: null },
    entries,
    roots: {},
    includes: [],
  };
}

type Value = Node | null;

class Uses {
  private readonly list = new EntryList('gha');
  private readonly lines = new LineCounter();
  private readonly document;

  constructor(
    text: string,
    private readonly isWorkflow: boolean,
  ) {
    this.document = document(text, this.lines);
    const [error] = this.document.errors;
    if (error !== undefined)
      throw new ManifestError(
        error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? error.code,
        this.lines.linePos(error.pos[0]).line,
      );
  }

  read(): { readonly entries: readonly DependencyEntry[]; readonly name: string | null } {
    const top = this.document.contents;
    if (top === null || (isScalar(top) && top.value === null)) return { entries: [], name: null };
    // Others have files called action.yml, too.
    if (!this.isWorkflow && !isMap(top)) return { entries: [], name: null };
    const root = this.map(top, 'the file');
    const name = this.get(root, 'name');
    const runs = this.isWorkflow ? null : this.get(root, 'runs');
    if (this.isWorkflow)
      for (const [id, job] of this.pairs(this.get(root, 'jobs'), 'jobs')) this.job(`jobs/${id}`, job);
    else if (runs !== null) this.action(this.map(runs, 'runs'));
    return {
      entries: this.list.entries,
      name: isScalar(name) && typeof name.value === 'string' ? name.value : null,
    };
  }

  private job(id: string, value: Value): void {
    const job = this.map(value, id);
    const uses = this.get(job, 'uses');
    if (uses !== null) this.use(id, uses);
    this.steps(id, this.get(job, 'steps'));
    const container = this.get(job, 'container');
    if (container !== null) this.container(`${id}/container`, container);
    const services = this.get(job, 'services');
    // `services: ${{ fromJSON(…) }}`
    if (services !== null && isScalar(services) && services.value !== null)
      this.image(`${id}/services`, services);
    else
      for (const [name, service] of this.pairs(services, `${id}/services`))
        this.container(`${id}/services/${name}`, service);
  }

  /** An image, or a map with one; `null` in it, or none: no container. */
  private container(id: string, value: Value): void {
    const image = isMap(value) ? this.get(value, 'image') : value;
    if (image !== null) this.image(id, image);
  }

  private action(runs: YAMLMap): void {
    this.steps('runs', this.get(runs, 'steps'));
    const image = this.get(runs, 'image');
    const written = image === null ? null : this.text(image, 'runs/image');
    // Else the name of a Dockerfile beside it, which is a manifest itself.
    if (image !== null && written?.startsWith('docker://')) this.use('runs', image);
  }

  private steps(id: string, value: Value): void {
    if (value === null || (isScalar(value) && value.value === null)) return;
    if (!isSeq(value)) throw new ManifestError(`the steps of ${id} are no list`, this.line(value));
    for (const item of value.items) {
      const step = this.map(this.resolved(item), `a step of ${id}`);
      const uses = this.get(step, 'uses');
      if (uses !== null) this.use(id, uses);
    }
  }

  private use(place: string, value: Node): void {
    const written = this.text(value, `${place}/uses`);
    if (written.startsWith('docker://')) {
      this.image(place, value, written.slice('docker://'.length));
      return;
    }
    // `./`: of the folder that was checked out; `$/`: of the repository at the commit that runs.
    const isOwn = /^(?:\.[\\/]|\$\/)/.test(written);
    const at = written.indexOf('@');
    const action = isOwn || at === -1 ? written : written.slice(0, at);
    const ref = isOwn || at === -1 ? null : written.slice(at + 1);
    const repository = action.split('/').slice(0, 2).join('/');
    const isKnown = !isOpen(action);
    if (isKnown && !isOwn && (ref === null || ref === '' || !/^[^/\s]+\/[^/\s]+$/.test(repository)))
      throw new ManifestError(
        `${written} is no action that can be found`,
        this.line(value),
        'write it as owner/repository@ref, or ./folder or $/folder',
      );
    this.add({
      id: `${place}/${isKnown ? action : `?${written}`}`,
      name: isKnown ? (isOwn ? action : repository) : `?${written}`,
      ...(isKnown && !isOwn && action !== repository ? { alias: action } : {}),
      version: ref === null || isOpen(written) ? null : ref,
      range: ref,
      // A workflow's and an action's own folders are written as seen from the repository's root.
      source: isOwn
        ? { type: 'path', path: within('', action.slice(2)), written }
        : { type: 'registry', url: null },
      integrity: ref !== null && SHA.test(ref) ? [ref] : [],
      line: this.line(value),
    });
  }

  private image(place: string, value: Value, reference?: string): void {
    const written = reference ?? this.text(value, place);
    // An empty one (an expression's other half, mostly) is no container.
    if (written === '') return;
    const facts = imageFacts(written, isOpen);
    const id = `${place}/${canonicalPackage('docker', facts.name)}`;
    this.add({ ...facts, id, line: this.line(value) });
  }

  private add(entry: Parameters<EntryList['add']>[0]): void {
    if (this.list.entries.length >= MOST)
      throw new ManifestError(`more than ${MOST} actions`, entry.line, 'split the file');
    this.list.add({ ...entry, scope: 'build' });
  }

  private resolved(node: unknown): Value {
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      if (target === undefined || isAlias(target))
        throw new ManifestError(`the alias *${node.source} leads nowhere`, this.line(node));
      return target as Node;
    }
    return isMap(node) || isSeq(node) || isScalar(node) ? node : null;
  }

  private get(map: YAMLMap, key: string): Value {
    return this.resolved(map.get(key, true));
  }

  private map(value: Value, what: string): YAMLMap {
    if (!isMap(value)) throw new ManifestError(`${what} is no map`, this.line(value));
    const keys = new Set<string>();
    for (const { key } of value.items) {
      const name = isScalar(key) ? String(key.value).toLowerCase() : '';
      if (name === '<<')
        throw new ManifestError(`${what} has a merge key (<<), which GitHub doesn’t know`, this.line(key));
      if (keys.has(name)) throw new ManifestError(`${what} says ${name} twice`, this.line(key));
      keys.add(name);
    }
    return value;
  }

  private *pairs(value: Value, what: string): IterableIterator<readonly [string, Value]> {
    if (value === null || (isScalar(value) && value.value === null)) return;
    for (const { key, value: item } of this.map(value, what).items)
      yield [isScalar(key) ? String(key.value) : '?', this.resolved(item)];
  }

  private text(value: Value, what: string): string {
    if (isScalar(value) && value.value === null) return '';
    if (!isScalar(value) || typeof value.value !== 'string')
      throw new ManifestError(`${what} is no text`, this.line(value));
    return value.value.trim();
  }

  private line(node: unknown): number {
    const range = (isMap(node) || isSeq(node) || isScalar(node) || isAlias(node)) && node.range;
    return range ? this.lines.linePos(range[0]).line : 1;
  }
}

/** Keys that are written twice are looked for where they matter: the library's own search takes quadratic time. */
function document(text: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> {
  try {
    return parseDocument(text, { lineCounter, uniqueKeys: false, strict: true });
  } catch (error) {
    // Too deep for the parser's stack.
    throw new ManifestError(`it can’t be read as YAML: ${error instanceof Error ? error.message : error}`);
  }
}

function isOpen(text: string): boolean {
  return text.includes('${{');
}
