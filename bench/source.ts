import { pick, type Random } from './random.js';

/** The layers of every generated package, high to low, and how many of a hundred files lie in each. */
export const LAYERS = [
  { name: 'ui', files: 30 },
  { name: 'app', files: 25 },
  { name: 'domain', files: 20 },
  { name: 'data', files: 14 },
  { name: 'shared', files: 10 },
] as const;
export const AREAS = ['billing', 'catalog', 'orders', 'identity', 'platform'] as const;
export const FILES_A_PACKAGE = 1 + LAYERS.reduce((sum, layer) => sum + layer.files, 0);

const NOUNS = ['invoice', 'account', 'basket', 'session', 'price', 'shipment', 'ledger', 'customer'] as const;
const VERBS = ['load', 'format', 'merge', 'check', 'collect', 'render', 'price', 'archive'] as const;
export const EXTERNALS = ['zod', 'react', 'date-fns', 'node:path', 'node:url', 'pino'] as const;

interface ModuleName {
  readonly layer: number;
  readonly stem: string;
}

export function packageName(index: number): string {
  const area = AREAS[index % AREAS.length] ?? 'platform';
  return `${area}-${String(Math.floor(index / AREAS.length)).padStart(3, '0')}`;
}

/** The packages whose entry point a package may import: earlier ones of its own area and of `platform`. */
function importablePackages(index: number): number[] {
  const platform = AREAS.length - 1;
  const own = index % AREAS.length;
  const candidates: number[] = [];
  for (let other = index - 1; other >= 0 && candidates.length < 12; other--)
    if (other % AREAS.length === own || other % AREAS.length === platform) candidates.push(other);
  return candidates;
}

function moduleNames(count: number): ModuleName[] {
  const names: ModuleName[] = [];
  LAYERS.forEach((layer, index) => {
    for (let n = 0; n < layer.files; n++) {
      const stem = `${NOUNS[n % NOUNS.length]}-${layer.name}-${Math.floor(n / NOUNS.length)}`;
      names.push({ layer: index, stem });
    }
  });
  return names.slice(-count);
}

/** Path → text of one generated package of `count` TypeScript files (its `src/index.ts` included). */
export function packageSources(index: number, count: number, random: Random): Map<string, string> {
  const name = packageName(index);
  const root = `packages/${name}`;
  const modules = moduleNames(count - 1);
  const files = new Map<string, string>();
  files.set(
    `${root}/package.json`,
    `${JSON.stringify({ name: `@bench/${name}`, version: '1.0.0', type: 'module', exports: { '.': './src/index.ts' } }, null, 2)}\n`,
  );
  // Of the lowest layer only: what is reached through a package's front door breaks no layering.
  const lowest = modules.filter(module => module.layer === LAYERS.length - 1);
  const exported = lowest.filter((_, n) => n % 2 === 0);
  files.set(
    `${root}/src/index.ts`,
    `${exported.map(module => `export * as ${identifier(module)} from './${layerName(module)}/${module.stem}';`).join('\n')}\n`,
  );
  modules.forEach((module, n) => {
    const back = closesCycle(index, n, modules) ? modules[n - 1] : undefined;
    const text = moduleText(module, back, modules.slice(n + 1), importablePackages(index), random);
    files.set(`${root}/src/${layerName(module)}/${module.stem}.ts`, text);
  });
  return files;
}

/** In every tenth package two neighbours of the second-lowest layer import each other. */
function closesCycle(index: number, n: number, modules: readonly ModuleName[]): boolean {
  if (index % 10 !== 9) return false;
  const second = LAYERS.length - 2;
  const first = modules.findIndex(module => module.layer === second);
  return first !== -1 && n === first + 1 && modules[n]?.layer === second;
}

/**
 * True when a new import between two modules of one folder of one generated package is as those that stand: of one
 * further down the list. It can then close no new cycle, for what cycles there are lie between neighbours.
 */
export function mayImport(from: string, to: string): boolean {
  const [high, low] = [placeInFolder(from), placeInFolder(to)];
  return high !== null && low !== null && high < low;
}

/** `…/shipment-ui-2.ts` is the 22nd of its folder; `null`: not a generated module. */
function placeInFolder(path: string): number | null {
  const [, noun = '', round = ''] = /\/([a-z]+)-[a-z]+-(\d+)\.ts$/.exec(path) ?? [];
  const place = (NOUNS as readonly string[]).indexOf(noun);
  return place === -1 ? null : Number(round) * NOUNS.length + place;
}

/**
 * A module imports modules after it in the list: lower layers, or lower down in its own. The next one always, so that
 * `back`, which its neighbour may import from it, closes a cycle of two.
 */
function moduleText(
  module: ModuleName,
  back: ModuleName | undefined,
  below: readonly ModuleName[],
  packages: readonly number[],
  random: Random,
): string {
  const lines: string[] = [];
  const names: string[] = [];
  const [next] = below;
  const chosen = new Set<ModuleName>([next, back].filter(module => module !== undefined));
  const wanted = 2 + Math.floor(random() * 5);
  if (below.length > 0) for (let n = 0; n < wanted; n++) chosen.add(pick(below, random));
  for (const other of chosen) {
    const folder = other.layer === module.layer ? '.' : `../${layerName(other)}`;
    names.push(`${identifier(other)}Of`);
    lines.push(`import { ${identifier(other)} as ${identifier(other)}Of } from '${folder}/${other.stem}';`);
  }
  if (packages.length > 0 && random() < 0.5) {
    const type = random() < 0.5 ? 'type ' : '';
    lines.push(`import ${type}* as shared from '@bench/${packageName(pick(packages, random))}';`);
  }
  lines.push(`import * as external from '${pick(EXTERNALS, random)}';`, '');
  const noun = identifier(module);
  lines.push(
    `/** What ${module.stem} is known by; kept small so that a list of them stays cheap. */`,
    `export interface ${capital(noun)} {`,
    '  readonly id: string;',
    '  readonly amount: number;',
    '  readonly tags: readonly string[];',
    '}',
    '',
    `export function ${noun}(id: string, amount = ${Math.floor(random() * 1000)}): ${capital(noun)} {`,
    `  const tags = [${names.map(name => `typeof ${name}`).join(', ')}].filter(tag => tag !== 'undefined');`,
    '  return { id, amount, tags };',
    '}',
  );
  const functions = 2 + Math.floor(random() * 8);
  for (let n = 0; n < functions; n++) {
    const verb = pick(VERBS, random);
    lines.push(
      '',
      `// ${capital(verb)}ing is total: an empty list gives ${n}, and nothing here throws.`,
      `export function ${verb}${capital(noun)}${n}(items: readonly ${capital(noun)}[]): number {`,
      `  let sum = ${n};`,
      '  for (const item of items) {',
      `    if (item.tags.includes('${verb}-${n}')) sum += item.amount * ${1 + Math.floor(random() * 9)};`,
      `    else sum -= item.id.length % ${2 + n};`,
      '  }',
      '  return sum;',
      '}',
    );
  }
  lines.push('', 'export const origin = typeof external;');
  return `${lines.join('\n')}\n`;
}

function layerName(module: ModuleName): string {
  return LAYERS[module.layer]?.name ?? 'shared';
}

function identifier(module: ModuleName): string {
  return module.stem.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
