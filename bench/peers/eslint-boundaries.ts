import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { timed } from '../process.js';
import { editInPlace } from './edit.js';
import { versionOf } from './install.js';
import { commandOf } from './process.js';
import { type Findings, type Pair, pair } from './rules.js';
import type { Staging } from './staging.js';
import type { Tool, Workspace } from './tool.js';

interface FileReport {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

/** ESLint with the TypeScript parser (syntax only: no type information is asked for) and one rule of the plugin. */
export function eslintBoundaries(workspace: Workspace, staging: Staging): Tool {
  const { repository, rules, scratch, tools } = workspace;
  const config = join(scratch, 'eslint.config.mjs');
  const cache = join(scratch, 'eslint-cache');
  const full = `${cache}-full`;
  const program = join(tools, 'node_modules/eslint/bin/eslint.js');
  const args = ['--config', config, '--no-inline-config', '--no-warn-ignored', '--format', 'json'];
  const run = (...more: string[]) =>
    commandOf(repository.path, process.execPath, [program, ...args, ...more]);
  const cached = (file: string) => run('--cache', '--cache-location', file, rules.root);
  const findings = (output: string): Findings => ({ layers: readReport(output, repository.path) });
  const restoreCache = (): void => {
    if (!existsSync(full)) timed(cached(full));
    rmSync(cache, { force: true });
    cpSync(full, cache);
  };
  const nothing = (): void => {};
  return {
    name: 'eslint-plugin-boundaries',
    version: `${versionOf(tools, 'eslint-plugin-boundaries')} (ESLint ${versionOf(tools, 'eslint')})`,
    cannot: { cycles: 'judges one import at a time', reach: 'judges one import at a time' },
    async setUp() {
      writeFileSync(config, configText(workspace));
      rmSync(full, { force: true });
    },
    measures: [
      { name: 'cold', prepare: () => ({ command: run(rules.root), undo: nothing }), findings },
      {
        name: 'cached',
        prepare() {
          restoreCache();
          return { command: cached(cache), undo: nothing };
        },
        findings,
      },
      {
        name: 'cached, one edit',
        prepare() {
          restoreCache();
          return { command: cached(cache), undo: editInPlace(workspace) };
        },
        findings,
      },
      {
        name: `${staging.count} staged files alone`,
        prepare() {
          const { paths, undo } = staging.stage();
          return { command: run(...paths), undo };
        },
      },
    ],
  };
}

/** The message names the file that is imported; the plugin's own words would not. */
function configText({ repository, rules, tools }: Workspace): string {
  const at = (path: string): string => JSON.stringify(join(tools, 'node_modules', path));
  const elements = rules.layers.map(({ name, files }) => ({
    type: name,
    pattern: files,
    partialMatch: false,
  }));
  const policies = rules.layers.slice(1).map(({ name }, n) => ({
    from: { element: { type: name } },
    disallow: { to: { element: { types: { anyOf: rules.layers.slice(0, n + 1).map(one => one.name) } } } },
    message: '→ {{to.file.path}}',
  }));
  const resolver = {
    [join(tools, 'node_modules/eslint-import-resolver-typescript/lib/index.cjs')]: {
      project: join(repository.path, rules.tsconfig),
      alwaysTryTypes: false,
      conditionNames: [...rules.conditions, 'types', 'import', 'node', 'default', 'require'],
    },
  };
  return `import boundaries from ${at('eslint-plugin-boundaries/dist/index.js')};
import parser from ${at('@typescript-eslint/parser/dist/index.js')};
export default [{
  files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
  languageOptions: { parser },
  plugins: { boundaries },
  settings: {
    'boundaries/elements': ${JSON.stringify(elements)},
    'import/resolver': ${JSON.stringify(resolver)},
  },
  rules: { 'boundaries/dependencies': ['error', ${JSON.stringify({ default: 'allow', policies })}] },
}];
`;
}

function readReport(output: string, root: string): Set<Pair> {
  const pairs = new Set<Pair>();
  for (const { filePath, messages } of JSON.parse(output) as readonly FileReport[])
    for (const { ruleId, message } of messages)
      if (ruleId === 'boundaries/dependencies')
        pairs.add(pair(relative(root, filePath), message.slice(message.indexOf('→') + 2)));
  return pairs;
}
