import type { RepoPath } from '../model/brand.js';
import { type Edge, targetName } from '../model/edges.js';

export interface DeniedEdge {
  readonly text: DenialText;
  /** The ref that names the importing file; `null` where the rule is about every file. */
  readonly from: string | null;
  /** The ref that names the target; `null` where it is denied for being in none. */
  readonly to: string | null;
}

/** Why an edge is denied, in the words that its message needs. Plain JSON: it is part of the rule. */
export type DenialText =
  | { readonly why: 'forbidden' | 'upward' | 'skips-layer' | 'independent' }
  | { readonly why: 'not-allowed'; readonly allowed: readonly string[] }
  | { readonly why: 'protected'; readonly only: readonly string[] }
  | { readonly why: 'private'; readonly only: readonly string[] };

export function deniedMessage(
  denied: DeniedEdge,
  path: RepoPath,
  edge: Edge,
  names: readonly string[] | undefined,
): string {
  const source = named(path, denied.from);
  if (edge.target.type === 'computed') {
    return `${source} imports a target that is computed at run time, so this rule cannot judge it: write the target as a literal`;
  }
  const target = `${importedNames(edge, names)}${named(targetName(edge.target), denied.to)}`;
  return sentence(denied, source, target) + unresolved(edge);
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

function importedNames(edge: Edge, wanted: readonly string[] | undefined): string {
  if (wanted === undefined) return '';
  const shown = (edge.site.names ?? ['*']).filter(name => name === '*' || wanted.includes(name));
  return `${shown.join(', ')} from `;
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
