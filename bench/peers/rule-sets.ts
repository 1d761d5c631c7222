import { GENERATED } from '../policy.js';
import type { RuleSet } from './rules.js';

const MANIFEST = /^(?:[^/]*\/)?(?:tsconfig[^/]*|package)\.json$/;

/** VS Code's own layering, finer than its four folders: those alone are clean, and nothing could be compared. */
const VOID: RuleSet = {
  name: 'void src/vs',
  keep: path => path.startsWith('src/vs/') || (MANIFEST.test(path) && /^(?:src\/)?[^/]+$/.test(path)),
  root: 'src/vs',
  tsconfig: 'src/tsconfig.json',
  conditions: [],
  layers: [
    { name: 'code', files: 'src/vs/code/**' },
    { name: 'contrib', files: 'src/vs/workbench/contrib/**' },
    { name: 'services', files: 'src/vs/workbench/services/**' },
    { name: 'workbench', files: 'src/vs/workbench/common/**' },
    { name: 'editor', files: 'src/vs/editor/**' },
    { name: 'platform', files: 'src/vs/platform/**' },
    { name: 'base', files: 'src/vs/base/**' },
  ],
  reach: { from: 'src/vs/editor/contrib/**', to: 'src/vs/editor/browser/widget/diffEditor/**' },
};

const BABEL: RuleSet = {
  name: 'babel',
  keep: () => true,
  root: 'packages',
  tsconfig: 'tsconfig.json',
  conditions: ['babel-src'],
  layers: [
    { name: 'preset', files: 'packages/babel-preset-*/src/**' },
    { name: 'plugin', files: 'packages/babel-plugin-*/src/**' },
    { name: 'core', files: 'packages/babel-core/src/**' },
    { name: 'traverse', files: 'packages/babel-traverse/src/**' },
    { name: 'template', files: 'packages/babel-template/src/**' },
    { name: 'generator', files: 'packages/babel-generator/src/**' },
    { name: 'types', files: 'packages/babel-types/src/**' },
    { name: 'parser', files: 'packages/babel-parser/src/**' },
  ],
  reach: { from: 'packages/babel-template/src/**', to: 'packages/babel-parser/src/plugins/**' },
};

/** Without test data, much of which is wrong on purpose: dependency-cruiser gives up at the first such file. */
const BABEL_SOURCES: RuleSet = {
  ...BABEL,
  name: 'babel without fixtures',
  keep: path => !path.includes('/fixtures/'),
};

/** The same layers as the gate's bench has; one chain that is broken equally often in a repository of any size. */
const MADE: RuleSet = {
  name: 'generated',
  keep: () => true,
  root: 'packages',
  tsconfig: 'tsconfig.json',
  conditions: [],
  layers: Object.entries(GENERATED.layers).map(([name, files]) => ({ name, files })),
  reach: { from: 'packages/catalog-001/src/ui/**', to: 'packages/platform-000/src/shared/invoice-*.ts' },
};

export const RULE_SETS = {
  void: VOID,
  babel: BABEL,
  'babel-sources': BABEL_SOURCES,
  generated: MADE,
} as const;
