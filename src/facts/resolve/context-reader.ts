import { type RepoPath, repoPath } from '../../model/brand.js';
import type { Problem } from '../../model/decision.js';
import type { TreeListing } from '../../model/tree.js';
import { type JsonDialect, readJson } from './json-text.js';

/** Reads configuration files of a tree, and keeps account of which, and of what is wrong with them. */
export class ContextReader {
  readonly files = new Set<RepoPath>();
  readonly problems: Problem[] = [];
  private readonly texts = new Map<RepoPath, string>();

  constructor(
    private readonly listing: TreeListing,
    private readonly readText: (path: RepoPath) => Promise<string | null>,
  ) {}

  /** Also remembers that the file was looked for: when it comes, the context changes. */
  exists(path: string): boolean {
    this.files.add(repoPath(path));
    return this.listing.has(path);
  }

  async text(path: RepoPath): Promise<string | null> {
    this.files.add(path);
    const text = await this.readText(path);
    if (text === null) this.report('error', path, 'the file can’t be read', 1, 1);
    else this.texts.set(path, text);
    return text;
  }

  async json(path: RepoPath, dialect: JsonDialect): Promise<{ readonly value: unknown } | null> {
    const text = await this.text(path);
    if (text === null) return null;
    const reading = readJson(text, dialect);
    if (reading.ok) return reading;
    this.report('error', path, reading.message, reading.line, reading.column);
    return null;
  }

  /** Something in a file that can be read, but not understood. @param near text beside which it stands */
  mistake(path: RepoPath, message: string, near: string): void {
    this.near('error', path, message, near);
  }

  warn(path: RepoPath, message: string, near: string): void {
    this.near('warning', path, message, near);
  }

  private near(severity: Problem['severity'], path: RepoPath, message: string, near: string): void {
    const text = this.texts.get(path) ?? '';
    const at = Math.max(0, text.indexOf(JSON.stringify(near)));
    const before = text.slice(0, at);
    this.report(severity, path, message, before.split('\n').length, at - before.lastIndexOf('\n'));
  }

  report(severity: Problem['severity'], path: RepoPath, message: string, line: number, column: number): void {
    const isKnown = this.problems.some(
      one => one.path === path && one.message === message && one.line === line,
    );
    if (!isKnown) this.problems.push({ severity, message, path, line, column });
  }
}
