import { canonicalPackage, type DependencyEntry } from '../model/dependency.js';

/** Canonical name of the package that a redirect answers: the last one of `a/b`, `a>b@^1`, `@s/a/@s/b`. */
export function answeredName({ ecosystem, alias, name }: DependencyEntry): string {
  if (alias === undefined) return name;
  if (ecosystem === 'npm') return npmName(alias);
  const plain = ecosystem === 'cargo' ? alias.replace(/(?<=.)[@:]\d[^@:]*$/, '') : alias;
  return canonicalPackage(ecosystem, plain);
}

/** Does the redirect answer for what is asked for, by its own name or what it is called there? */
export function answersFor(redirect: DependencyEntry, { ecosystem, name, alias }: DependencyEntry): boolean {
  if (redirect.ecosystem !== ecosystem) return false;
  const answered = answeredName(redirect);
  return answered === name || answered === alias;
}

function npmName(selector: string): string {
  const target = selector.slice(lastStep(selector) + 1);
  const segments = target.split('/');
  const last = segments.at(-1) ?? '';
  const scope = segments.at(-2) ?? '';
  const version = last.indexOf('@', 1);
  const plain = version === -1 ? last : last.slice(0, version);
  return /^@[^@]+$/.test(scope) ? `${scope}/${plain}` : plain;
}

/** The last `>` between two packages: one that begins a range stands after `@`, a blank or `|`. */
function lastStep(selector: string): number {
  for (let at = selector.lastIndexOf('>'); at > 0; at = selector.lastIndexOf('>', at - 1))
    if (!' |@'.includes(selector[at - 1] ?? ' ')) return at;
  return -1;
}
