import { visible } from '../escape.js';
import type { Picture } from './picture.js';
import { against, marks } from './words.js';

/** More edges than this Mermaid refuses to draw, unless its page says otherwise (`maxEdges`). */
export const MERMAID_EDGES = 500;

/** A flowchart, as GitHub and GitLab draw it inside Markdown. */
export function renderMermaid({ nodes, edges }: Picture): string {
  const places = new Map(nodes.map(({ id }, place) => [id, `n${place}`]));
  const name = (id: string): string => places.get(id) ?? 'n';
  const lines = ['flowchart LR'];
  for (const { id, type } of nodes) {
    const text = `"${mermaidText(id)}"`;
    lines.push(`  ${name(id)}${type === 'package' ? `([${text}])` : `[${text}]`}`);
  }
  const wrong: number[] = [];
  const circular: number[] = [];
  edges.forEach((edge, place) => {
    lines.push(`  ${name(edge.from)} -->|"${mermaidText(marks(edge))}"| ${name(edge.to)}`);
    if (against(edge.violations) > 0) wrong.push(place);
    else if (edge.cyclic) circular.push(place);
  });
  // Middle tones: they are seen on a white page and on a dark one.
  if (wrong.length > 0) lines.push(`  linkStyle ${wrong.join(',')} stroke:#d93636,stroke-width:3px`);
  if (circular.length > 0) lines.push(`  linkStyle ${circular.join(',')} stroke:#c96f00,stroke-dasharray:4`);
  return `${lines.join('\n')}\n`;
}

/** What Mermaid would read as markup, as the entity codes that it knows. */
function mermaidText(text: string): string {
  return visible(text).replace(/[#"<>&`\\*_~;]/g, character => `#${character.charCodeAt(0)};`);
}

export function renderDot({ nodes, edges }: Picture): string {
  const names = new Map(nodes.map(({ id }, place) => [id, dotName(id, place)]));
  const name = (id: string): string => names.get(id) ?? dotText(id);
  const lines = ['digraph imports {', '  rankdir=LR;', '  node [shape=box];'];
  for (const { id, type } of nodes)
    lines.push(`  ${name(id)}${type === 'package' || type === 'missing' ? ' [style=dashed]' : ''};`);
  for (const edge of edges) {
    const style =
      against(edge.violations) > 0
        ? ', color="#c62828", penwidth=2'
        : edge.cyclic
          ? ', color="#b85c00", style=dashed'
          : '';
    lines.push(`  ${name(edge.from)} -> ${name(edge.to)} [label=${dotText(marks(edge))}${style}];`);
  }
  return `${lines.join('\n')}\n}\n`;
}

/** Names are told apart by a number where two could look alike once control characters are spelled out. */
function dotName(id: string, place: number): string {
  const shown = visible(id);
  return dotText(shown === id ? id : `${shown} #${place}`);
}

/** A backslash is doubled: in a label `\N` is the node's name. */
function dotText(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
