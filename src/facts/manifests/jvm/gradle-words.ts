/** Configurations, as they are usually named: other functions take strings for other ends. */
export const USUAL = /(?:implementation|api|only|classpath|processor|compile|runtime|kapt|ksp)$/i;
/** Statements that others follow. */
export const CONTROL: ReadonlySet<string> = new Set([
  'if',
  'else',
  'for',
  'while',
  'switch',
  'when',
  'try',
  'catch',
  'finally',
  'do',
]);
/** What begins a statement that wants nothing. */
export const DEFINES: ReadonlySet<string> = new Set([
  'def',
  'val',
  'var',
  'fun',
  'import',
  'return',
  'throw',
  'assert',
  'case',
  'default',
]);
/** What stands in a dependencies block and is no configuration. */
export const NO_CONFIGURATION: ReadonlySet<string> = new Set([
  'exclude',
  'because',
  'println',
  'print',
  'apply',
  'attribute',
  'attributes',
  'withModule',
  'registerTransform',
  'require',
  'check',
  'error',
  'imports',
  'setProperty',
  'set',
  'all',
  'each',
  'forEach',
  'configureEach',
  'matching',
  'named',
  'withType',
]);
/** Blocks in a dependencies block in which no dependency is declared. */
export const NO_DEPENDENCIES: ReadonlySet<string> = new Set([
  'components',
  'modules',
  'artifactTypes',
  'attributesSchema',
  'registerTransform',
  'withModule',
  'configurations',
  'repositories',
]);
