import type { PackageEcosystem } from '../model/dependency.js';
import { poetryRange } from './poetry-range.js';

/**
 * A manifest's range, in the syntax in which `satisfies` and `intersects` take a rule's: `1.2` means `^1.2` to Cargo
 * and at least 1.2 to NuGet, `~> 1.2` below 2 to RubyGems. `null`: what it admits can't be told.
 */
export function writtenRange(ecosystem: PackageEcosystem, range: string): string | null {
  const written = range.trim();
  switch (ecosystem) {
    case 'cargo':
      return every(written.split(','), cargoTerm);
    case 'gem':
      return every(written.split(','), gemTerm);
    case 'composer':
      return composerRange(written);
    case 'nuget':
    case 'maven':
      return intervals(written);
    case 'pypi':
      return poetryRange(written);
    case 'gha':
    case 'docker':
      return null;
    default:
      return written;
  }
}

function every(terms: readonly string[], translate: (term: string) => string | null): string | null {
  const translated = terms.map(term => translate(term.trim()));
  return translated.includes(null) ? null : translated.join(' ');
}

function cargoTerm(term: string): string | null {
  if (term === '' || term === '*') return '*';
  return /^\d/.test(term) && !term.includes('*') ? `^${term}` : term;
}

function gemTerm(term: string): string | null {
  const found = /^(~>|[<>]=?|!=|=)?\s*(\d[\w.-]*)$/.exec(term);
  if (found === null) return null;
  const [, operator = '=', version = ''] = found;
  if (operator === '!=') return null;
  return operator === '~>' ? pessimistic(version) : comparator(operator, version);
}

/** `1.2.3` → at least that, and the next to last number stays. */
function pessimistic(version: string): string | null {
  const numbers = numbersOf(version);
  if (numbers === null) return null;
  const kept = numbers.slice(0, Math.max(1, numbers.length - 1));
  const next = [...kept.slice(0, -1), (kept.at(-1) ?? 0) + 1];
  return `>=${padded(numbers)} <${padded(next)}-0`;
}

/** `1.2` is 1.2.0 here, and no range. */
function comparator(operator: string, version: string): string | null {
  const numbers = numbersOf(version);
  if (numbers !== null) return `${operator}${padded(numbers)}`;
  return /^\d+\.\d+\.\d+-[0-9A-Za-z.-]+$/.test(version) ? `${operator}${version}` : null;
}

/** One to three numbers; a fourth one that isn't zero has no place in what is compared. */
function numbersOf(version: string): readonly number[] | null {
  const parts = version.replace(/^v/i, '').split('.');
  if (!parts.every(part => /^\d{1,9}$/.test(part))) return null;
  const numbers = parts.map(Number);
  return numbers.slice(3).some(number => number !== 0) ? null : numbers.slice(0, 3);
}

function padded(numbers: readonly number[]): string {
  return [...numbers, 0, 0].slice(0, 3).join('.');
}

/** `^1.2 || ~2.0`, `>=1,<2`, `1.2.*`, `1.0 - 2.0`, each perhaps with a stability behind it. */
function composerRange(range: string): string | null {
  const choices = range.split(/\|\|?/).map(choice => {
    const plain = choice.trim();
    const hyphen = plain.split(' - ');
    if (hyphen.length === 2) {
      const [low, high] = hyphen.map(end => numbersOf(end.trim()));
      if (!low || !high) return null;
      // A high end that is no whole version stands for all that begin so.
      return `>=${padded(low)} ${high.length === 3 ? `<=${padded(high)}` : upTo(high)}`;
    }
    return every(joined(plain), composerTerm);
  });
  return choices.includes(null) ? null : choices.join(' || ');
}

function upTo(high: readonly number[]): string {
  return `<${padded([...high.slice(0, -1), (high.at(-1) ?? 0) + 1])}`;
}

/** Comparators, between commas or spaces; a space may stand within one (`>= 1.0`). */
function joined(choice: string): readonly string[] {
  const terms: string[] = [];
  for (const word of choice.split(/[\s,]+/)) {
    const last = terms.at(-1);
    if (last !== undefined && /^[<>=!~^]+$/.test(last)) terms[terms.length - 1] = last + word;
    else if (word !== '') terms.push(word);
  }
  return terms.length === 0 ? [''] : terms;
}

function composerTerm(term: string): string | null {
  const plain = term.replace(/@(?:dev|alpha|beta|rc|stable)$/i, '').replace(/(?<=\d)-dev$/i, '');
  if (plain === '*' || plain === '' || plain === 'x') return '*';
  const found = /^(\^|~|[<>]=?|==?)?v?(\d[\w.*+-]*)$/.exec(plain);
  if (found === null) return null;
  const [, operator = '=', version = ''] = found;
  if (version.includes('*')) return operator === '=' ? version.replace(/^(\d+\.\d+\.\d+)\.\*$/, '~$1') : null;
  if (operator === '~') return pessimistic(version);
  if (operator === '^') return numbersOf(version)?.join('.').replace(/^/, '^') ?? null;
  return comparator(operator === '==' ? '=' : operator, version);
}

/** `[1.0,2.0)`, `(,1.0]`, `[1.0]`, several of them a choice; a version alone is the least one that is taken. */
function intervals(range: string): string | null {
  if (/^v?\d[^,*+]*$/.test(range)) return comparator('>=', range);
  const prefix = /^(\d+(?:\.\d+)*)\.[*+]$/.exec(range)?.[1];
  if (prefix !== undefined) return comparator('>=', prefix);
  if (range === '*' || range === '+') return '*';
  const found = range.match(/[[(][^[\]()]*[\])]/g) ?? [];
  if (found.length === 0 || found.join(',') !== range.replace(/\s+/g, '').replace(/\s*,\s*/g, ','))
    return null;
  const choices = found.map(interval);
  return choices.includes(null) ? null : choices.join(' || ');
}

function interval(text: string): string | null {
  const [low = '', high, ...more] = text
    .slice(1, -1)
    .split(',')
    .map(end => end.trim());
  if (more.length > 0) return null;
  if (high === undefined) return comparator('=', low);
  const ends = [
    low === '' ? '' : comparator(text.startsWith('[') ? '>=' : '>', low),
    high === '' ? '' : comparator(text.endsWith(']') ? '<=' : '<', high),
  ];
  return ends.includes(null) ? null : ends.join(' ').trim() || '*';
}
