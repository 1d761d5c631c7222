import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import type { DependencyEntry } from '../model/dependency.js';
import type { FileChange } from '../model/tree.js';
import { fileBefore } from './dependency-change.js';
import { packageRef, twins } from './dependency-rule.js';
import { isOneEditApart } from './edit-distance.js';
import type { Violation } from './kind.js';
import { inAny } from './path-sets.js';
import { type Fault, judged, type SourceRule } from './source-check.js';

/** Shorter names are near too many others. */
const SHORTEST = 5;

/** `install-scripts: false`, of packages: one that runs a program at its installation, and did not in the base. */
export function* newScripts(
  rule: SourceRule,
  base: DependencyFacts,
  head: DependencyFacts,
): IterableIterator<Fault> {
  const known = new Set<string>();
  for (const { entries } of base.files)
    for (const entry of entries) if (entry.installScript) known.add(packageRef(entry));
  for (const each of judged(head, rule)) {
    const ref = packageRef(each.entry);
    if (!each.entry.installScript || known.has(ref)) continue;
    const wrong = 'which newly runs a program of its own when it is installed';
    yield { ...each, subject: `install-scripts ${ref}`, wrong };
  }
}

/** `install-scripts: false`, of the projects themselves: scripts that the package manager runs at an installation. */
export function* newProjectScripts(
  { selection, ecosystems }: SourceRule,
  base: DependencyFacts,
  head: DependencyFacts,
  changes: readonly FileChange[],
): IterableIterator<Violation> {
  for (const file of head.files) {
    if (file.role !== 'manifest' || file.installScripts === undefined) continue;
    if (selection.in !== undefined && !inAny(selection.in, file.path)) continue;
    if (ecosystems !== undefined && !ecosystems.includes(file.ecosystem)) continue;
    // A base that can't be read has none that would be known.
    const old = fileBefore(base, file, changes);
    const scripts = old === null || old === 'unreadable' ? [] : (old.installScripts ?? []);
    const before = new Map(scripts.map(({ name, text }) => [name, text]));
    for (const { name, text, line } of file.installScripts) {
      if (before.get(name) === text) continue;
      const what = before.has(name) ? 'changes' : 'adds';
      yield {
        path: file.path,
        line,
        column: null,
        subject: `install-scripts ${name}`,
        ordinal: 0,
        message: `${file.path} ${what} the script ${name}, which runs at the installation: ${shortened(text)}`,
      };
    }
  }
}

function shortened(text: string): string {
  const line = text.split(/\s+/).join(' ').trim();
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
}

/** `lookalikes`: a name that is newly asked for, and that a person takes for one that is in use already. */
export function* lookalikes(
  rule: SourceRule,
  base: DependencyFacts,
  head: DependencyFacts,
): IterableIterator<Fault> {
  const used = new Set<string>();
  const direct = new Map<string, DependencyEntry>();
  for (const { role, entries } of base.files)
    for (const entry of entries) {
      const ref = packageRef(entry);
      used.add(ref);
      if (role === 'manifest' && entry.role === 'dependency') direct.set(ref, entry);
    }
  for (const each of judged(head, rule)) {
    const { file, entry } = each;
    if (file.role !== 'manifest' || used.has(packageRef(entry)) || isPlace(entry)) continue;
    const known = [...direct.values()].find(other => looksLike(entry, other));
    if (known === undefined) continue;
    const wrong = `which looks like ${packageRef(known)}, in use already`;
    yield { ...each, subject: `lookalikes ${packageRef(entry)}`, wrong };
  }
}

/** What lies in the repository or beside it is found by its path: nobody else can take its name. */
function isPlace({ source }: DependencyEntry): boolean {
  return source.type === 'path' || source.type === 'workspace';
}

function looksLike(fresh: DependencyEntry, known: DependencyEntry): boolean {
  if (fresh.ecosystem !== known.ecosystem) return false;
  const names = [fresh.name, ...twins(fresh.name)];
  if ([known.name, ...twins(known.name)].some(name => names.includes(name))) return true;
  if (fresh.name.length < SHORTEST || known.name.length < SHORTEST) return false;
  // Only the owner of a scope, a vendor or a repository's account names packages in it.
  const owner = ownerOf(fresh.name);
  if (owner !== '' && owner === ownerOf(known.name)) return false;
  return names.some(name => isOneEditApart(name, known.name));
}

/** `@scope/`, `vendor/`, `group:`, `github.com/owner/`; empty: anyone may take such a name. */
function ownerOf(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
}
