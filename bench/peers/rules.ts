/**
 * The rules that every tool is given, in words that each adapter says in its own. Globs hold `*`, `**`, `?` and
 * `{a,b}` and name files from the root of the repository.
 */
export const RULES = ['cycles', 'layers', 'reach'] as const;
/**
 * - `cycles`: no cycle of imports that remain at run time; those that are for types only don't count.
 * - `layers`: no import, of whatever kind, of a higher layer. Each import is judged by itself.
 * - `reach`: no chain of imports, of whatever kinds, from one place to another.
 */
export type Rule = (typeof RULES)[number];

interface Layer {
  readonly name: string;
  readonly files: string;
}

export interface RuleSet {
  readonly name: string;
  /** What the repository of the measurement holds; all the rest is left out of it. */
  keep(path: string): boolean;
  /** The folder that each tool is told to look at. */
  readonly root: string;
  /** For tools that want to be told which one. */
  readonly tsconfig: string;
  /** Conditions for `imports` and `exports` that the repository sets for itself, for tools that can be told. */
  readonly conditions: readonly string[];
  /** High to low. */
  readonly layers: readonly Layer[];
  readonly reach: { readonly from: string; readonly to: string };
}

/** One finding: `from` imports `to` (`layers`, `cycles`) or leads to it (`reach`), both files of the repository. */
export type Pair = `${string} → ${string}`;

export function pair(from: string, to: string): Pair {
  return `${from} → ${to}`;
}

export function ends(of: Pair): readonly [from: string, to: string] {
  const at = of.indexOf(' → ');
  return [of.slice(0, at), of.slice(at + 3)];
}

/** By rule; a rule that the tool can't say is absent. */
export type Findings = Readonly<Partial<Record<Rule, ReadonlySet<Pair>>>>;

/** The files whose imports are compared: every tool reads them. */
export const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** A glob as the source of an anchored regular expression, which JavaScript and dependency-cruiser both read. */
export function globSource(glob: string): string {
  let source = '';
  for (let at = 0; at < glob.length; ) {
    const rest = glob.slice(at);
    const [token, made] =
      TOKENS.find(([written]) => rest.startsWith(written)) ?? ([rest.charAt(0), null] as const);
    source += made ?? token.replace(/[.+^$()|[\]\\]/, '\\$&');
    at += token.length;
  }
  return `^${source}$`;
}

const TOKENS: readonly (readonly [string, string])[] = [
  ['**/', '(?:.*/)?'],
  ['**', '.*'],
  ['*', '[^/]*'],
  ['?', '[^/]'],
  ['{', '(?:'],
  [',', '|'],
  ['}', ')'],
];

/** Which layer a file lies in, by its place in the order; -1: in none. */
export function layerOf(rules: RuleSet): (path: string) => number {
  const patterns = rules.layers.map(({ files }) => new RegExp(globSource(files)));
  return path => patterns.findIndex(pattern => pattern.test(path));
}
