import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { BANNED } from './policy.js';
import { git } from './process.js';
import { pick, type Random } from './random.js';
import type { BenchRepository } from './repositories.js';

const MIN_BYTES = 200;
const MAX_BYTES = 60_000;

/**
 * Stages content that no run has seen: in each of `count` files a comment of its own and one import
 * that the file at HEAD lacks, of a file in the same folder (legal under every policy of policy.ts).
 */
export class Stager {
  readonly #siblings = new Map<string, string[]>();
  readonly #eligible: readonly string[];
  #serial = 0;

  constructor(
    private readonly repository: BenchRepository,
    private readonly count: number,
    private readonly random: Random,
  ) {
    for (const path of repository.sources) {
      const folder = dirname(path);
      const list = this.#siblings.get(folder);
      if (list === undefined) this.#siblings.set(folder, [path]);
      else list.push(path);
    }
    this.#eligible = repository.sources.filter(path => (this.#siblings.get(dirname(path))?.length ?? 0) > 3);
    if (this.#eligible.length < count)
      throw new Error(`${repository.name}: only ${this.#eligible.length} files to stage in`);
  }

  /** @returns the paths staged. Nothing else differs between HEAD, index and working tree. */
  stage(): readonly string[] {
    const paths = new Set<string>();
    while (paths.size < this.count) {
      const path = pick(this.#eligible, this.random);
      if (!paths.has(path) && this.#write(path, paths)) paths.add(path);
    }
    this.#add([...paths]);
    return [...paths];
  }

  /** Stages one import that the policy forbids: proof that the gate that is measured can block. */
  stageViolation(): string {
    const path = pick(this.#eligible, this.random);
    const file = join(this.repository.path, path);
    writeFileSync(file, `${this.#comment()}import '${BANNED}';\n${readFileSync(file, 'utf8')}`);
    this.#add([path]);
    return path;
  }

  /** Makes index and working tree what HEAD holds, at the staged paths only. */
  unstage(paths: readonly string[]): void {
    git(this.repository.path, ['reset', '--quiet', '--', ...paths]);
    git(this.repository.path, ['checkout', '--quiet', '--', ...paths]);
  }

  #write(path: string, staged: ReadonlySet<string>): boolean {
    const file = join(this.repository.path, path);
    const text = readFileSync(file, 'utf8');
    if (text.length < MIN_BYTES || text.length > MAX_BYTES || text.startsWith('#!')) return false;
    const fresh = (this.#siblings.get(dirname(path)) ?? []).filter(other => {
      const stem = stemOf(other);
      if (other === path || text.includes(`'./${stem}'`) || text.includes(`"./${stem}"`)) return false;
      return !staged.has(other) && this.repository.mayImport(path, other, this.repository.path);
    });
    if (fresh.length === 0) return false;
    const sibling = stemOf(pick(fresh, this.random));
    writeFileSync(file, `${this.#comment()}import * as bench${this.#serial} from './${sibling}';\n${text}`);
    return true;
  }

  #comment(): string {
    this.#serial++;
    return `// bench ${process.pid}.${this.#serial}.${process.hrtime.bigint()}\n`;
  }

  #add(paths: readonly string[]): void {
    git(this.repository.path, ['add', '--', ...paths]);
  }
}

function stemOf(path: string): string {
  return basename(path).replace(/\.tsx?$/, '');
}
