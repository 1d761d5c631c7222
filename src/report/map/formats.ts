import type { Picture, PictureEdge } from './picture.js';

/** What an edge is called in every format: how many imports, and what is wrong with them. */
function marks({ imports, violations, cyclic }: PictureEdge): string {
  const wrong = violations.length === 0 ? '' : `, ${violations.length} against a decision`;
  return `${imports.length}${wrong}${cyclic ? ', in a circle' : ''}`;
}

/** One node a paragraph, what it imports below it. */
export function renderMapText({ nodes, edges, level }: Picture): string {
  if (nodes.length === 0) return 'no code file is there to draw\n';
  const lines: string[] = [];
  for (const node of nodes) {
    const own = edges.filter(({ from }) => from === node.id);
    if (own.length === 0 && level === 'file') continue;
    const size = level === 'file' || node.files === 0 ? '' : ` (${count(node.files, 'file')})`;
    lines.push(`${node.id}${size}`);
    for (const edge of own) lines.push(`  → ${edge.to}  ${marks(edge)}`);
  }
  const against = edges.reduce((sum, { violations }) => sum + violations.length, 0);
  const circles = edges.filter(({ cyclic }) => cyclic).length;
  lines.push(
    '',
    `${count(nodes.length, level)}, ${count(edges.length, 'edge')}; ${count(circles, 'edge')} in circles, ${count(against, 'import')} against a decision`,
  );
  return `${lines.join('\n')}\n`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

export function renderMermaid({ nodes, edges }: Picture): string {
  const id = numbered(nodes.map(node => node.id));
  const lines = ['flowchart LR'];
  for (const node of nodes) lines.push(`  ${id(node.id)}["${mermaidText(node.id)}"]`);
  const wrong: number[] = [];
  const circular: number[] = [];
  edges.forEach((edge, place) => {
    lines.push(`  ${id(edge.from)} -->|"${mermaidText(marks(edge))}"| ${id(edge.to)}`);
    if (edge.violations.length > 0) wrong.push(place);
    else if (edge.cyclic) circular.push(place);
  });
  if (wrong.length > 0) lines.push(`  linkStyle ${wrong.join(',')} stroke:#c62828,stroke-width:2px`);
  if (circular.length > 0) lines.push(`  linkStyle ${circular.join(',')} stroke:#ef6c00,stroke-dasharray:4`);
  return `${lines.join('\n')}\n`;
}

/** Quotes and angle brackets as the entity codes that Mermaid knows. */
function mermaidText(text: string): string {
  return text.replace(/[#"<>&`\n]/g, character => `#${character.charCodeAt(0)};`);
}

export function renderDot({ nodes, edges }: Picture): string {
  const lines = ['digraph imports {', '  rankdir=LR;', '  node [shape=box];'];
  for (const { id, type } of nodes)
    lines.push(`  ${dotText(id)}${type === 'package' ? ' [style=dashed]' : ''};`);
  for (const edge of edges) {
    const colour = edge.violations.length > 0 ? ', color="#c62828"' : edge.cyclic ? ', color="#ef6c00"' : '';
    lines.push(`  ${dotText(edge.from)} -> ${dotText(edge.to)} [label=${dotText(marks(edge))}${colour}];`);
  }
  return `${lines.join('\n')}\n}\n`;
}

function dotText(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}

function numbered(ids: readonly string[]): (id: string) => string {
  const places = new Map(ids.map((id, place) => [id, `n${place}`]));
  return id => places.get(id) ?? 'n';
}

/** For programs: every import that the picture shows, one by one, and the picture itself. */
export function mapJson(picture: Picture, commit: string): object {
  return {
    schema: 'lintel.graph/v1',
    commit,
    level: picture.level,
    nodes: picture.nodes,
    groups: picture.edges.map(({ imports, ...edge }) => ({ ...edge, imports: imports.length })),
    edges: picture.edges.flatMap(({ imports }) =>
      imports.map(({ from, to, specifier, kind, line }) => ({ from, to, specifier, kind, line })),
    ),
  };
}
