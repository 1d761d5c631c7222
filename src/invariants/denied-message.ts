import type { RepoPath } from '../model/brand.js';
import { type Edge, targetName } from '../model/edges.js';

export interface DeniedEdge {
  readonly text: DenialText;
  /** The ref that names the importing file; `null` where the rule is about every file. */
  readonly from: string | null;
  /** The ref that names the target; `null` where it is denied for being in none. */
  readonly to: string | null;
}

/** What narrows a rule to some imported names. */
export interface NameFilter {
  readonly names?: readonly string[];
  readonly exceptNames?: readonly string[];
}

/** Why an edge is denied, in the words that its message needs. Plain JSON: it is part of the rule. */
export type DenialText =
  | { readonly why: 'forbidden' | 'upward' | 'skips-layer' | 'independent' }
  | { readonly why: 'deprecated' }
  | { readonly why: 'not-allowed'; readonly allowed: readonly string[] }
  | { readonly why: 'protected'; readonly only: readonly string[] }
  | { readonly why: 'private'; readonly only: readonly string[] };

export function deniedMessage(denied: DeniedEdge, path: RepoPath, edge: Edge, filter: NameFilter): string {
  const source = named(path, denied.from);
  if (edge.target.type === 'computed') {
    return `${source} imports a target that is computed at run time, so this rule cannot judge it: write the target as a literal`;
  }
  const target = `${importedNames(edge, filter)}${named(targetName(edge.target), denied.to)}`;
  return sentence(denied, source, target) + onlyNames(filter) + unresolved(edge);
}

/** The same for the two ends of a chain of imports. */
export function reachMessage(denied: DeniedEdge, path: string, target: string): string {
  return `${named(path, denied.from)} must not reach ${named(target, denied.to)}, even indirectly${reachReason(denied)}`;
}

function reachReason({ text }: DeniedEdge): string {
  switch (text.why) {
    case 'upward':
      return ' (it lies in a higher layer)';
    case 'skips-layer':
      return ' (a layer may reach only the next one down)';
    case 'independent':
      return ' (the two are independent of each other)';
    default:
      return '';
  }
}

function sentence({ text }: DeniedEdge, source: string, target: string): string {
  switch (text.why) {
    case 'forbidden':
      return `${source} must not import ${target}`;
    case 'upward':
      return `${source} must not import ${target}: it lies in a higher layer`;
    case 'skips-layer':
      return `${source} must not import ${target}: a layer may reach only the next one down`;
    case 'independent':
      return `${source} must not import ${target}: the two are independent of each other`;
    case 'deprecated':
      return `${source} must not newly import ${target}, which is deprecated: its uses may shrink, not grow`;
    case 'not-allowed':
      return `${source} may import only ${listed(['itself', ...text.allowed])}, not ${target}`;
    case 'protected':
      return `${source} must not import ${target}: only ${listed([...text.only, 'its own files'])} may`;
    case 'private':
      return `${source} must not import ${target} past its entry points: only ${listed(text.only)} may be imported from outside`;
  }
}

/** `src/ui/list.ts (ui)`; a label that says nothing new is left out. */
function named(name: string, label: string | null): string {
  return label === null || label === name ? name : `${name} (${label})`;
}

function importedNames(edge: Edge, { names, exceptNames }: NameFilter): string {
  if (names === undefined && exceptNames === undefined) return '';
  const written = edge.site.kind === 'side-effect' ? [] : (edge.site.names ?? ['*']);
  const shown = written.filter(
    name => name === '*' || (names === undefined ? !exceptNames?.includes(name) : names.includes(name)),
  );
  return shown.length === 0 ? '' : `${shown.join(', ')} from `;
}

function onlyNames({ exceptNames }: NameFilter): string {
  return exceptNames === undefined ? '' : `: only ${listed(exceptNames)} may be imported from there`;
}

function unresolved(edge: Edge): string {
  return edge.target.type === 'unresolved'
    ? ` ('${edge.target.specifier}' resolves to no file of the tree)`
    : '';
}

export function listed(labels: readonly string[]): string {
  if (labels.length < 2) return labels.join('');
  return `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`;
}
