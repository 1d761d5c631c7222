/**
 * A range of Python in the terms of PEP 440: Poetry's `^1.2` and `~1.2` and its plain versions are written out.
 * `null`: what it admits can't be told in one range.
 */
export function poetryRange(range: string): string | null {
  if (range.includes('||')) return null;
  const terms = range
    .split(',')
    .map(term => term.trim())
    .filter(term => term !== '' && term !== '*')
    .map(poetryTerm);
  return terms.includes(null) ? null : terms.join(',');
}

function poetryTerm(term: string): string | null {
  if (term.startsWith('^')) return caret(term.slice(1).trim());
  if (term.startsWith('~') && !term.startsWith('~=')) {
    const version = term.slice(1).trim();
    return below(version, Math.min(2, numbersOf(version).length));
  }
  return /^\d/.test(term) ? `==${term}` : term;
}

/** The first number that is not zero stays. */
function caret(version: string): string | null {
  const numbers = numbersOf(version);
  const first = numbers.findIndex(number => number !== 0);
  return below(version, first === -1 ? numbers.length : first + 1);
}

/** At least the version, and less than where the last of its first `kept` numbers is one more. */
function below(version: string, kept: number): string | null {
  const numbers = numbersOf(version);
  if (numbers.length === 0 || numbers.some(Number.isNaN)) return null;
  const high = numbers.slice(0, kept);
  return `>=${version},<${[...high.slice(0, -1), (high.at(-1) ?? 0) + 1].join('.')}`;
}

/** Before what marks a version as one to come: `1.2.0b1` → 1, 2, 0. */
function numbersOf(version: string): readonly number[] {
  const release = /^\d+(?:\.\d+)*/.exec(version)?.[0];
  return release === undefined ? [] : release.split('.').map(Number);
}
