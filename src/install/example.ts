import type { Survey } from './survey.js';

/** A decision that fits a repository, and one change that it blocks once it is accepted. */
export interface Example {
  readonly slug: string;
  readonly title: string;
  /** The `invariants` entry, as YAML lines without indentation. */
  readonly invariant: readonly string[];
  readonly context: string;
  readonly decision: string;
  readonly consequences: string;
  /** A new file that the decision forbids. */
  readonly change: { readonly path: string; readonly text: string };
}

const SCRIPT = /\.(?:ts|tsx|mts|cts|js|jsx|mjs|cjs)$/i;
const SURFACE = ['ui', 'views', 'components', 'pages', 'screens', 'web', 'client', 'frontend'];
const DATA = ['db', 'database', 'data', 'repositories', 'repository', 'persistence', 'prisma', 'dal'];
const CORE = ['domain', 'core', 'model', 'models', 'entities'];
const OUTSIDE = [
  'ui',
  'api',
  'http',
  'server',
  'routes',
  'controllers',
  'handlers',
  'cli',
  'web',
  'infra',
  'infrastructure',
];
const TESTS = ['test', 'tests', '__tests__', 'spec', 'e2e'];

/** The most telling rule that the folders allow. The last one fits every repository. */
export function exampleFor(survey: Survey): Example {
  const scripts = survey.files.filter(file => SCRIPT.test(file) && !/\.d\.[mc]?ts$/.test(file));
  const folders = foldersOf(scripts);
  return (
    forbidBetween(folders, scripts, SURFACE, DATA, {
      slug: 'the-surface-does-not-reach-the-data',
      title: (from, to) => `${from} does not reach ${to} directly`,
      because: 'Queries on the surface can be neither authorised nor cached in one place.',
      instead: 'Go through the layer between them.',
    }) ??
    forbidBetween(folders, scripts, CORE, OUTSIDE, {
      slug: 'the-core-knows-nothing-of-the-outside',
      title: (from, to) => `${from} knows nothing of ${to}`,
      because: 'The core outlives its surroundings and is tested without them.',
      instead: 'Let the outside call the core, or pass in what the core needs.',
    }) ??
    forbidBetween(folders, scripts, ['src', 'lib', 'app'], TESTS, {
      slug: 'production-code-does-not-import-tests',
      title: (from, to) => `${from} does not import ${to}`,
      because: 'What ships must not depend on what is left out of the package.',
      instead: 'Move what both need into a module of its own.',
    }) ??
    noSecrets()
  );
}

interface Words {
  readonly slug: string;
  readonly title: (from: string, to: string) => string;
  readonly because: string;
  readonly instead: string;
}

function forbidBetween(
  folders: readonly string[],
  scripts: readonly string[],
  fromNames: readonly string[],
  toNames: readonly string[],
  words: Words,
): Example | null {
  for (const from of folders.filter(folder => fromNames.includes(lastName(folder)))) {
    // Neighbours: the same parent, so that they are parts of one thing.
    const to = folders.find(
      folder => parent(folder) === parent(from) && toNames.includes(lastName(folder)) && folder !== from,
    );
    const target = scripts.find(file => to !== undefined && file.startsWith(`${to}/`));
    if (to === undefined || target === undefined) continue;
    const path = `${from}/lintel-example${/\.[^.]+$/.exec(target)?.[0] ?? '.js'}`;
    const specifier = `../${target.slice(parent(from) === '' ? 0 : parent(from).length + 1)}`;
    const text = `import '${specifier.replace(/\.(?:ts|tsx)$/i, '')}';\n`;
    return {
      slug: words.slug,
      title: words.title(from, to),
      invariant: [
        `- id: ${slugOf(lastName(from))}-off-${slugOf(lastName(to))}`,
        `  forbid-import: { from: ${quoted(`${from}/**`)}, to: ${quoted(`${to}/**`)} }`,
        `  because: ${words.because}`,
        `  instead: ${words.instead}`,
      ],
      context: `The repository has ${from}/ and ${to}/ beside each other.`,
      decision: `No file below ${from}/ imports one below ${to}/.`,
      consequences: words.because,
      change: { path, text },
    };
  }
  return null;
}

function noSecrets(): Example {
  return {
    slug: 'secrets-stay-out-of-the-repository',
    title: 'Secrets stay out of the repository',
    invariant: [
      '- id: no-secret-files',
      '  forbid-path: { in: ["**/.env", "**/*.pem", "**/id_rsa"], when: [add] }',
      '  because: What was committed once stays in every clone.',
      '  instead: Keep it in the secret store, and commit a .env.example without values.',
    ],
    context: 'Files with passwords and keys lie beside the code while one works.',
    decision: 'No .env, .pem or id_rsa file is added.',
    consequences: 'What was committed once stays in every clone, so it is stopped before.',
    change: { path: '.env', text: 'TOKEN=example\n' },
  };
}

/** Every folder that holds a script, at any depth. Shallow ones first. */
function foldersOf(scripts: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const file of scripts)
    for (let folder = parent(file); folder !== ''; folder = parent(folder)) found.add(folder);
  // A name with glob characters would need escaping that a newcomer's first decision should not show.
  return [...found]
    .filter(folder => /^[\w./@-]+$/.test(folder))
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
}

function parent(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function lastName(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}

function slugOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'tests'
  );
}

function quoted(glob: string): string {
  return `"${glob}"`;
}

/** The whole record, in MADR's headings. */
export function exampleText(example: Example, id: string, date: string): string {
  return `---
id: ${id}
title: ${example.title}
# \`proposed\` blocks nothing. Accept it with: npx --no-install lintel decisions accept ${id}
status: proposed
date: ${date}
invariants:
${example.invariant.map(line => `  ${line}`).join('\n')}
---
# ${example.title}

## Context
${example.context}

## Decision
${example.decision}

## Consequences
${example.consequences}
`;
}
